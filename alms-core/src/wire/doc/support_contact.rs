use super::account::optional_text;
use crate::account::SupportContact;
use crate::wire::error::Error;
use crate::wire::leaf::Text;
use alms_json::{Read, Write};

/// Whom a partner's customers reach for support: at least two of the three.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SupportContact"))]
pub(in crate::wire) struct SupportContactDoc<'a> {
    /// Who.
    name: Option<Text<'a>>,
    /// The telephone number.
    phone: Option<Text<'a>>,
    /// The e-mail address.
    email: Option<Text<'a>>,
}

impl<'a> SupportContactDoc<'a> {
    pub(super) fn of(contact: &'a SupportContact) -> Self {
        Self {
            name: contact.name.as_ref().map(Text::of),
            phone: contact.phone.as_ref().map(Text::of),
            email: contact.email.as_ref().map(Text::of),
        }
    }

    pub(super) fn read(&self) -> Result<SupportContact, Error> {
        Ok(SupportContact {
            name: optional_text(self.name.as_ref(), "name")?,
            phone: optional_text(self.phone.as_ref(), "phone")?,
            email: optional_text(self.email.as_ref(), "email")?,
        })
    }
}
