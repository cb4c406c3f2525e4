use crate::text::Text;

/// How many of the three a support contact needs at least (ACC-9).
const FIELDS_MIN: usize = 2;

/// Whom a partner's customers reach for support (ACC-9).
///
/// The source's list of the three pieces of information is lost; that they are name, phone and e-mail is a decision.
///
/// ```
/// use alms_core::account::SupportContact;
/// let desk = SupportContact { name: Some("Help desk".parse()?), phone: Some("+1 555 0100".parse()?), email: None };
/// assert!(desk.is_complete());
/// assert_eq!(SupportContact { phone: Some(" ".parse()?), ..desk }.missing(), ["phone", "email"]);
/// # Ok::<(), alms_core::text::TextError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SupportContact {
    /// Who.
    pub name: Option<Text>,
    /// The telephone number.
    pub phone: Option<Text>,
    /// The e-mail address.
    pub email: Option<Text>,
}

impl SupportContact {
    /// The names of the fields that say nothing: absent or blank.
    pub fn missing(&self) -> Vec<&'static str> {
        let fields = [("name", &self.name), ("phone", &self.phone), ("email", &self.email)];
        let says_nothing =
            |text: &Option<Text>| text.as_ref().is_none_or(|text| text.as_str().trim().is_empty());
        fields.into_iter().filter(|(_, text)| says_nothing(text)).map(|(name, _)| name).collect()
    }

    /// Whether at least two of the three are there.
    pub fn is_complete(&self) -> bool {
        self.missing().len() <= 3_usize.saturating_sub(FIELDS_MIN)
    }
}
