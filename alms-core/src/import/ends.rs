//! Names of columns and fields that speak of an end.
//!
//! What is paid for until a day must not be lost because the name of its field is not known.

use super::csv::folded;

/// What ends: stems of words in the four languages, as [`folded`] leaves them.
const SERVICES: [&str; 13] = [
    "support",
    "service",
    "warrant",
    "garant",
    "gewahrleist",
    "wartung",
    "assistance",
    "soporte",
    "servicio",
    "servici",
    "subscription",
    "abonn",
    "suscrip",
];

/// Stems of words that speak of an end.
const ENDS: [&str; 17] = [
    "expir",
    "until",
    "valid",
    "through",
    "renew",
    "ablauf",
    "lauftab",
    "gultig",
    "verlanger",
    "echeance",
    "vence",
    "vencim",
    "caduc",
    "hasta",
    "jusqu",
    "terminat",
    "runsout",
];

/// Whole words that do.
const END_WORDS: [&str; 11] =
    ["end", "ends", "ending", "ended", "enddate", "due", "thru", "ende", "bis", "fin", "till"];

/// Whether a title speaks of support, service or warranty, and of an end.
pub(super) fn speaks_of_an_end(title: &str) -> bool {
    let whole: String = folded(title).collect();
    if !SERVICES.iter().any(|stem| whole.contains(stem)) {
        return false;
    }
    let glued =
        ["end", "ends", "enddate", "ende", "bis", "fin", "due"].iter().any(|end| whole.ends_with(end));
    glued
        || ENDS.iter().any(|stem| whole.contains(stem))
        || words(title).iter().any(|word| END_WORDS.contains(&word.as_str()) || word.starts_with("ende"))
}

/// The words of a title: apart by what is no letter, and where a capital follows a small letter.
fn words(title: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for character in title.chars() {
        if !character.is_alphabetic() || (after_small && character.is_uppercase()) {
            words.push(String::new());
        }
        after_small = character.is_lowercase();
        if let (true, Some(word)) = (character.is_alphabetic(), words.last_mut()) {
            word.push(character);
        }
    }
    words.iter().map(|word| folded(word).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_speak_of_an_end_are_found() {
        for title in [
            "Support Expires",
            "supportexpires",
            "Support valid until",
            "End of Support",
            "Service End",
            "serviceEnd",
            "Support Contract End",
            "Warranty expiration (UTC)",
            "Service Renewal",
            "Support bis",
            "Ende der Wartung",
            "Fin du support technique",
            "Fin de soporte técnico",
            "Garantie valable jusqu'au",
            "Support paid through",
        ] {
            assert!(speaks_of_an_end(title), "{title}");
        }
        for title in [
            "",
            "Name",
            "Support Level",
            "Support Contact",
            "Tickets to Support",
            "Service Vendor",
            "Service Plan",
            "End",
            "Expires",
            "Backend",
            "Warranty",
        ] {
            assert!(!speaks_of_an_end(title), "{title}");
        }
    }
}
