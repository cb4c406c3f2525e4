use crate::names::named_enum;
use crate::rule::RuleId;

named_enum! {
    /// What a host should look at when systems are registered.
    #[non_exhaustive]
    pub enum RegistrationFindingCode {
        /// Nobody knows whether the serials were registered before: each gets a whole included year (SER-1).
        FirstRegistrationAssumed = "first_registration_assumed" => "give `first_registered` for the serials that were registered before",
        /// The included year of the serials is over: they are in inventory until an order activates them (SER-1).
        IncludedYearUsed = "included_year_used" => "order service for them and activate them",
    }
}

/// Something to look at when systems are registered: one for each code, with the number of systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationFinding {
    /// What it is.
    pub code: RegistrationFindingCode,
    /// How many systems.
    pub count: usize,
}

impl RegistrationFinding {
    /// The finding about so many systems; `None` if there are none.
    pub(crate) fn about(code: RegistrationFindingCode, count: usize) -> Option<Self> {
        (count > 0).then_some(Self { code, count })
    }

    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        RuleId::Ser1
    }

    /// A sentence for people.
    pub fn message(&self) -> String {
        let systems =
            if self.count == 1 { "`1` system".to_owned() } else { format!("`{}` systems", self.count) };
        match self.code {
            RegistrationFindingCode::FirstRegistrationAssumed => format!(
                "it is not known whether {systems} were registered before, so each gets a whole included year; give \
                 `first_registered` for those that were"
            ),
            RegistrationFindingCode::IncludedYearUsed => format!(
                "the included year of {systems} is over, so there is no service yet; order one and activate them"
            ),
        }
    }
}

/// The findings about registered systems: `assumed` of them may have been registered before, `used_up` need an order.
pub(crate) fn registration_findings(assumed: usize, used_up: usize) -> Vec<RegistrationFinding> {
    let assumed = RegistrationFinding::about(RegistrationFindingCode::FirstRegistrationAssumed, assumed);
    assumed
        .into_iter()
        .chain(RegistrationFinding::about(RegistrationFindingCode::IncludedYearUsed, used_up))
        .collect()
}
