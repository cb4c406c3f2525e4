//! The names of months in English, German, French and Spanish.

use super::csv::folded;

/// For each month its names and their abbreviations, as `folded` leaves them.
const NAMES: [&[&str]; 12] = [
    &["jan", "january", "januar", "janvier", "janv", "janner", "jaenner", "ene", "enero"],
    &["feb", "february", "februar", "fevrier", "fevr", "fev", "febrero"],
    &["mar", "march", "marz", "maerz", "mrz", "mars", "marzo"],
    &["apr", "april", "avril", "avr", "abr", "abril"],
    &["may", "mai", "mayo"],
    &["jun", "june", "juni", "juin", "junio"],
    &["jul", "july", "juli", "juillet", "juil", "julio"],
    &["aug", "august", "aout", "ago", "agosto"],
    &["sep", "sept", "september", "septembre", "septiembre", "setiembre", "set"],
    &["oct", "october", "okt", "oktober", "octobre", "octubre"],
    &["nov", "november", "novembre", "noviembre"],
    &["dec", "december", "dez", "dezember", "decembre", "dic", "diciembre"],
];

/// The month, 1 to 12, that a word names, in full or as it is abbreviated.
pub(super) fn month_of(word: &str) -> Option<u16> {
    let word: String = folded(word).collect();
    let months = (1..=12_u16).zip(NAMES);
    months.into_iter().find(|(_, names)| names.contains(&word.as_str())).map(|(month, _)| month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_abbreviations_are_known_and_nothing_else() {
        for (word, month) in [
            ("January", 1),
            ("janv.", 1),
            ("Jänner", 1),
            ("ene", 1),
            ("FÉVRIER", 2),
            ("März", 3),
            ("mar", 3),
            ("abr.", 4),
            ("Mai", 5),
            ("juin", 6),
            ("juil.", 7),
            ("août", 8),
            ("Sept", 9),
            ("Okt.", 10),
            ("noviembre", 11),
            ("décembre", 12),
            ("Dez", 12),
        ] {
            assert_eq!(month_of(word), Some(month), "{word}");
        }
        for word in ["", "m", "ma", "Saturday", "Marchy", "12"] {
            assert_eq!(month_of(word), None, "{word}");
        }
    }

    #[test]
    fn no_name_is_of_two_months() {
        let mut names: Vec<_> = NAMES.iter().flat_map(|names| names.iter()).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
