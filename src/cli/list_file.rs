//! Files with a list, of names or of queries.

use std::io;
use std::path::Path;

use morgue::Error;
use morgue::source::beside;

/// Returns the name of a list for messages and its bytes, those of standard input for `-`.
pub fn read(list: &Path) -> Result<(&Path, Vec<u8>), Error> {
    if list == Path::new("-") {
        let name = Path::new("standard input");
        return Ok((name, beside::read_from(io::stdin().lock(), name)?));
    }
    Ok((list, beside::read(list)?))
}
