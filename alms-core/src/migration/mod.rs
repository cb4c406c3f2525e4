//! The migration of a legacy account (token licences) to an avc account (a subscription per system).
//!
//! [`plan`] says what happens to every system and to every token; [`apply`] books exactly that plan, with
//! the customer's consent; [`explain`] tells for one system what decided; [`compare`] puts scenarios side
//! by side. A reseller's account migrates by rules of its own (MIG-18): [`plan_reseller`] and [`apply_reseller`].
//! [`columns`] plans whole fleets from slices, with the answers of [`plan`].
//!
//! ```
//! use alms_core::migration::{Outcome, Policy, plan};
//! # use alms_core::account::{Account, AccountData, AccountDetails, Format, Instance, Kind, System, SystemState, Systems};
//! # use alms_core::tokens::Tokens;
//! # fn account() -> Result<Account, Box<dyn std::error::Error>> {
//! # let system = |serial: &str| -> Result<System, Box<dyn std::error::Error>> { Ok(System { serial: serial.parse()?,
//! #     model: "RV55".parse()?, state: SystemState::Active, last_communication: Some("2023-03-01".parse()?),
//! #     support_end: None, warranty_end: None, sku_region: None }) };
//! # Ok(Account::try_new(AccountData { uid: "a1".parse()?, name: "Acme Buses".parse()?, instance: Instance::Na,
//! #     format: Format::Legacy, kind: Kind::Customer, created: None, tokens: Tokens::try_new(13)?,
//! #     administrators: vec![], users: vec![], partnerships: vec![], offer_class: None, branding: None,
//! #     configuration: None, systems: Systems::try_new(vec![system("A")?, system("B")?])?,
//! #     details: AccountDetails::default() })?)
//! # }
//! // Two systems share 13 tokens: 6.5 months each, rounded down to 6.
//! let plan = plan(&account()?, "2023-03-25".parse()?, &Policy::default())?;
//! let first = &plan.systems[0];
//! assert_eq!(first.outcome, Outcome::AirlinkBasic);
//! assert_eq!(first.end_date, Some("2023-09-25".parse()?));
//! assert_eq!((plan.tokens.basic.get(), plan.tokens.unallocated.get()), (12, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod apply;
mod classify;
pub mod columns;
mod compare;
mod draft;
mod error;
mod explain;
mod fingerprint;
mod grant;
mod plan;
mod policy;
mod reach;
mod reseller;
mod statement;
mod stock;
mod tally;
mod warning;

pub use apply::{Applied, Consent, ConsentBy, apply};
pub use compare::{Change, Comparison, Difference, Reporting, Scenario, ScenarioResult, Standing, compare};
pub use draft::{Draft, Outcome, PlannedSystem, Summary, draft};
pub use error::{ApplyError, CompareError, PlanError};
pub use explain::{Explanation, Step, UnknownSerial, Verdict, explain};
pub use fingerprint::{Fingerprint, ParseFingerprintError};
pub use grant::BasicGrant;
pub use plan::{Plan, plan};
pub use policy::{Cleanup, CompleteRenewal, MonthRounding, Policy};
pub use reach::{Reach, reach};
pub use reseller::{
    MergeWarning, MergeWarningCode, MergedSystem, ResellerApplied, ResellerMerge, ResellerPlan,
    ResellerPlanError, ResellerSubscription, apply_reseller, plan_reseller,
};
pub use statement::TokenStatement;
pub use stock::TakenBalance;
pub use warning::{Warning, WarningCode};
