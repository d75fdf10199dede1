The harbour company has bought the ruined ropewalk behind the fish hall and wants to make flats of it, forty of them for crews with families.

Edwin Clay, who manages the company's land, said the long roof would stay because there is nothing like it left between Brindle and the capital.

Neighbours have until the end of the month to object.

@highlight

Harbour company buys ropewalk

@highlight

Forty flats for crews with families
