use crate::calendar::Date;
use crate::migration::Policy;

/// A migration date and a policy: what a fleet is planned under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    /// The migration date of all accounts that do not say one; `None` where every account does.
    pub on: Option<Date>,
    /// The policy.
    pub policy: Policy,
}

impl Scenario {
    /// Every date under every policy, the policies of a date following each other.
    ///
    /// ```
    /// use alms_core::migration::{Cleanup, Policy, columns::Scenario};
    /// let strict = Policy { cleanup: Cleanup::Strict, ..Policy::default() };
    /// let scenarios = Scenario::all(&["2023-03-25".parse()?, "2023-04-25".parse()?], &[Policy::default(), strict]);
    /// assert_eq!(scenarios.len(), 4);
    /// assert_eq!((scenarios[1].on, scenarios[1].policy), (Some("2023-03-25".parse()?), strict));
    /// # Ok::<(), alms_core::calendar::ParseDateError>(())
    /// ```
    pub fn all(dates: &[Date], policies: &[Policy]) -> Vec<Self> {
        let under_all = |on: &Date| {
            let on = Some(*on);
            policies.iter().map(move |policy| Self { on, policy: *policy })
        };
        dates.iter().flat_map(under_all).collect()
    }
}
