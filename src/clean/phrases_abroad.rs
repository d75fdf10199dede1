//! Phrases that newspapers print around their text, in languages other than English: those of the
//! pages of the main newspapers of each language. They are whole lines or whole labels, in lower
//! case.

/// Labels before the title of another story: "read also", "see also", "more on this".
#[rustfmt::skip]
pub const RELATED_LABELS_ABROAD: &[&str] = &[
    // German, Dutch
    "lesen sie auch", "lesen sie mehr", "lesen sie hier", "lesen sie dazu", "mehr zum thema",
    "mehr dazu", "zum thema", "auch interessant", "siehe auch", "weiterlesen", "lies auch",
    "lees ook", "lees meer", "lees verder", "zie ook", "bekijk ook", "luister ook",
    // French, Catalan
    "lire aussi", "à lire aussi", "a lire aussi", "lire également", "à lire également",
    "à lire", "voir aussi", "à voir aussi", "lire la suite", "sur le même sujet",
    "sur le même thème", "pour aller plus loin", "llegeix també", "llegiu també",
    // Spanish, Portuguese, Galician
    "lea también", "lee también", "leer también", "lea además", "lea más", "leer más",
    "ver también", "vea también", "véase también", "más información", "noticias relacionadas",
    "noticia relacionada", "artículo relacionado", "te puede interesar", "le puede interesar",
    "te recomendamos", "leia também", "leia mais", "leia ainda", "veja também", "veja mais",
    "saiba mais", "confira também", "ler também", "le tamén",
    // Italian, Romanian
    "leggi anche", "leggi di più", "leggi qui", "vedi anche", "guarda anche", "per approfondire",
    "approfondisci", "potrebbe interessarti", "citește și", "citiți și", "citește mai mult",
    "vezi și", "citeste si", "vezi si",
    // Scandinavian, Finnish, Estonian
    "läs också", "läs även", "läs mer", "se även", "se också", "læs også", "læs mere", "se også",
    "les også", "les mer", "lesa einnig", "lesið einnig", "lue myös", "lue lisää", "katso myös",
    "loe ka", "loe lisaks", "loe veel", "vaata ka",
    // Slavic and Baltic
    "czytaj też", "czytaj także", "czytaj również", "czytaj więcej", "przeczytaj też",
    "przeczytaj także", "przeczytaj również", "zobacz też", "zobacz także", "zobacz również",
    "čtěte také", "čtěte též", "čtěte více", "přečtěte si také", "přečtěte si", "viz také",
    "čítajte aj", "čítajte tiež", "prečítajte si aj", "prečítajte si", "pozrite aj",
    "pročitajte i", "pročitaj i", "pročitajte još", "čitajte i", "čitaj i", "pogledajte i",
    "preberite tudi", "berite tudi", "preberi tudi", "прочитајте и", "прочитајте још",
    "прочетете още", "прочети още", "вижте още", "вижте също", "виж още", "читайте также",
    "читайте ещё", "читайте еще", "смотрите также", "см. также", "по теме", "материалы по теме",
    "читайте також", "читайте ще", "дивіться також", "чытайце таксама", "skaitykite taip pat",
    "taip pat skaitykite", "lasi arī", "lasiet arī",
    // Greek, Hungarian, Albanian, Turkish
    "διαβάστε επίσης", "διαβάστε ακόμη", "διαβάστε ακόμα", "δείτε επίσης", "διαβάστε περισσότερα",
    "olvassa el", "olvasd el", "olvassa el ezt is", "olvasd el ezt is", "kapcsolódó",
    "kapcsolódó cikk", "lexo edhe", "lexoni edhe", "lexo gjithashtu", "lexo më shumë",
    "shiko edhe", "ayrıca okuyun", "bunu da okuyun", "bunları da okuyun", "ayrıca bkz",
    "ayrıca bakınız", "ilgili haber", "ilgili haberler", "okumaya devam edin",
    // Arabic, Persian, Hebrew, Hindi
    "اقرأ أيضا", "اقرأ أيضاً", "اقرأ أيضًا", "إقرأ أيضا", "اقرأ المزيد", "شاهد أيضا", "شاهد أيضاً",
    "طالع أيضا", "بیشتر بخوانید", "همچنین بخوانید", "קראו גם", "קרא גם", "קראו עוד",
    "यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें",
    // Indonesian, Malay, Vietnamese, Filipino
    "baca juga", "baca selengkapnya", "baca lagi", "lihat juga", "simak juga", "xem thêm",
    "đọc thêm", "basahin din",
    // Chinese, Japanese, Korean
    "相关阅读", "延伸阅读", "相关新闻", "相关报道", "延伸閱讀", "相關新聞", "相關報導", "関連記事",
    "あわせて読みたい", "관련기사", "관련 기사",
    // Other forms
    "čtěte i", "читать также",
];

/// Lines above or below an advertisement.
#[rustfmt::skip]
pub const ADVERTISING_ABROAD: &[&str] = &[
    "anzeige", "werbung", "advertentie", "publicité", "publicitat", "publicidad", "publicidade",
    "pubblicità", "publicitate", "reklame", "annonse", "annonsørinnhold", "annons", "annonce",
    "mainos", "reklaam", "reklama", "artykuł sponsorowany", "inzerce", "oglas", "реклама",
    "διαφήμιση", "hirdetés", "reklam", "iklan", "quảng cáo", "إعلان", "تبلیغات", "פרסומת",
    "विज्ञापन", "广告", "廣告", "広告", "광고",
];

/// Buttons of sharing bars.
#[rustfmt::skip]
pub const SHARING_ABROAD: &[&str] = &[
    "teilen", "artikel teilen", "drucken", "merken", "delen", "deel dit artikel", "partager",
    "partager l'article", "partager l’article", "imprimer", "compartir", "comparteix", "imprimir",
    "compartilhar", "compartilhe", "partilhar", "condividi", "stampa", "distribuie", "dela",
    "dela artikeln", "skriv ut", "jaa", "jaa artikkeli", "jaga", "udostępnij", "drukuj",
    "sdílet", "zdieľať", "podijeli", "podeli", "поделиться", "поділитися", "сподели",
    "подели", "κοινοποίηση", "megosztás", "paylaş", "yazdır", "shpërndaje", "bagikan", "kongsi",
    "chia sẻ", "مشاركة", "שתף", "分享", "シェア", "공유",
];
