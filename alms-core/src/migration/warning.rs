use super::classify::{Class, Yardstick};
use super::statement::Pool;
use super::tally::{Tally, months_taken};
use super::{BasicGrant, PlannedSystem, Policy};
use crate::account::{AccountData, Kind, Model};
use crate::calendar::Months;
use crate::names::named_enum;
use crate::offers::{Assortment, Offer};
use crate::rule::RuleId;
use crate::text::Serial;
use crate::words::counted;

named_enum! {
    /// What a reader of a plan should know before agreeing to it.
    #[non_exhaustive]
    pub enum WarningCode {
        /// Clean-up would have deleted these systems; valid support kept them (MIG-12).
        ProtectedFromCleanup = "protected_from_cleanup",
        /// Clean-up under the policy `strict` deletes these systems although support is paid for (MIG-12).
        SupportDeleted = "support_deleted",
        /// These systems are in maintenance mode: they lose valid support with the migration (MIG-3).
        SupportInMaintenance = "support_in_maintenance",
        /// These systems were in inventory; their valid support makes them active (MIG-4).
        SupportActivatesInventory = "support_activates_inventory",
        /// The support of these systems ends on the migration date itself: no day of service is left (MIG-4).
        EndsOnMigrationDate = "ends_on_migration_date",
        /// These systems get an offer that does not fit their model (OFF-2).
        OfferNotForModel = "offer_not_for_model",
        /// These systems stay in inventory, without tokens and end date (MIG-13).
        InventoryKept = "inventory_kept",
        /// These systems communicated after the migration date: is the date or the data right? (MIG-8)
        CommunicationAfterMigration = "communication_after_migration",
        /// The stock was below zero and counts as 0 (MIG-15).
        NegativePool = "negative_pool",
        /// The pool does not hold the tokens that AirLink Complete systems take; their dates remain (MIG-15).
        TokenShortfall = "token_shortfall",
        /// The tokens left give no month: these systems end on the migration date (MIG-15).
        ZeroMonths = "zero_months",
        /// The tokens left give more than 60 months (MIG-15).
        LongTerm = "long_term",
        /// Tokens are left and no AirLink Basic system to take them (MIG-15).
        UnallocatedWithoutBasic = "unallocated_without_basic",
        /// The account consumes no tokens (ACC-8); its migration was planned like a customer's.
        FreeAccount = "free_account",
    }
}

impl WarningCode {
    /// The rule behind the warning.
    pub const fn rule(self) -> RuleId {
        match self {
            WarningCode::ProtectedFromCleanup | WarningCode::SupportDeleted => RuleId::Mig12,
            WarningCode::SupportInMaintenance => RuleId::Mig3,
            WarningCode::SupportActivatesInventory | WarningCode::EndsOnMigrationDate => RuleId::Mig4,
            WarningCode::OfferNotForModel => RuleId::Off2,
            WarningCode::InventoryKept => RuleId::Mig13,
            WarningCode::CommunicationAfterMigration => RuleId::Mig8,
            WarningCode::NegativePool
            | WarningCode::TokenShortfall
            | WarningCode::ZeroMonths
            | WarningCode::LongTerm
            | WarningCode::UnallocatedWithoutBasic => RuleId::Mig15,
            WarningCode::FreeAccount => RuleId::Acc8,
        }
    }
}

/// A warning of a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// The systems it concerns, in the account's order; none if it concerns the account.
    pub systems: Vec<Serial>,
    /// One sentence for a person.
    pub message: String,
}

/// Everything a reader should know, in the order of [`WarningCode`].
pub(super) fn all(
    data: &AccountData,
    tally: &Tally,
    yardstick: &Yardstick,
    pool: &Pool,
    basic: Option<&BasicGrant>,
    policy: &Policy,
) -> Vec<Warning> {
    let mut warnings = about_systems(data, tally, yardstick, policy);
    warnings.extend(about_pool(data, tally, yardstick, pool));
    let about_rest = match basic {
        Some(basic) => about_grant(basic, data, tally, yardstick),
        None => without_basic(pool),
    };
    warnings.extend(about_rest);
    warnings.extend(about_account(data));
    warnings
}

/// Systems whose outcome may surprise.
fn about_systems(data: &AccountData, tally: &Tally, yardstick: &Yardstick, policy: &Policy) -> Vec<Warning> {
    let (on, cutoff) = (yardstick.on, yardstick.cutoff);
    let mut warnings = Vec::new();
    // Most accounts have none of these, so a message is written only when it is needed.
    let mut warn = |code, systems: Vec<Serial>, message: &dyn Fn() -> String| {
        if !systems.is_empty() {
            warnings.push(Warning { code, systems, message: message() });
        }
    };
    warn(
        WarningCode::ProtectedFromCleanup,
        tally.serials(data, |_, facts, class| facts.contended() && class == Class::Supported),
        &|| format!("valid support, but no communication since {cutoff}: kept, because support is paid for"),
    );
    warn(
        WarningCode::SupportDeleted,
        tally.serials(data, |_, facts, class| facts.contended() && class != Class::Supported),
        &|| "deleted although support is paid for: `protect_paid` would keep them".to_owned(),
    );
    warn(
        WarningCode::SupportInMaintenance,
        tally.serials(data, |_, facts, _| facts.supported && facts.maintenance),
        &|| "in maintenance mode with valid support: the support is given up with the migration".to_owned(),
    );
    warn(
        WarningCode::SupportActivatesInventory,
        tally.serials(data, |_, facts, class| facts.inventory && class == Class::Supported),
        &|| "in inventory with valid support: active after the migration".to_owned(),
    );
    let as_it_is = policy.complete_renewal.years() == 0;
    warn(
        WarningCode::EndsOnMigrationDate,
        tally.serials(data, |system, _, class| {
            as_it_is && class == Class::Supported && system.support_end == Some(on)
        }),
        &|| format!("support ends on the migration date {on}: no day of service is left after it"),
    );
    warn(WarningCode::InventoryKept, tally.serials(data, |_, _, class| class == Class::Inventory), &|| {
        "in inventory before the migration: still in inventory after it, without tokens and end date"
            .to_owned()
    });
    warn(
        WarningCode::CommunicationAfterMigration,
        tally.serials(data, |system, _, _| system.last_communication.is_some_and(|last| last > on)),
        &|| format!("communicated after the migration date {on}: check that date and the data"),
    );
    warnings
}

/// Systems whose offer is not for their model (OFF-2); of a model that nobody recorded nothing is known.
pub(super) fn about_offers(
    data: &AccountData,
    planned: &[PlannedSystem],
    assortment: &Assortment,
) -> Option<Warning> {
    let devices_of = |offer: Offer| {
        let named = assortment.products().find(|one| one.product.name.as_str() == offer.as_str());
        (offer, named.map(|one| &one.product.fits))
    };
    let devices: Vec<_> = Offer::ALL.iter().copied().map(devices_of).collect();
    let fits = |offer: Offer, model: &Model| {
        let mut of_offer = devices.iter().filter(|(one, _)| *one == offer);
        of_offer.any(|(_, devices)| devices.is_some_and(|devices| devices.tie(model).is_some()))
    };
    let systems = data.systems.iter().zip(planned).filter(|(system, planned)| {
        let offer = planned.outcome.offer();
        offer.is_some_and(|offer| !system.model.as_str().is_empty() && !fits(offer, &system.model))
    });
    let systems: Vec<Serial> = systems.map(|(system, _)| system.serial.clone()).collect();
    (!systems.is_empty()).then(|| Warning {
        code: WarningCode::OfferNotForModel,
        systems,
        message: format!(
            "their offer does not fit their model by the catalogue {}: renew them under another offer",
            assortment.version()
        ),
    })
}

/// A pool below zero, or too small for MIG-5.
fn about_pool(data: &AccountData, tally: &Tally, yardstick: &Yardstick, pool: &Pool) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if pool.opening < 0 {
        let message =
            format!("the stock of {} is below zero and counts as 0", counted(pool.opening, "token"));
        warnings.push(Warning { code: WarningCode::NegativePool, systems: Vec::new(), message });
    }
    if pool.shortfall > 0 {
        let systems = tally.serials(data, |system, _, class| {
            class == Class::Supported && months_taken(system, yardstick.on) > Months::ZERO
        });
        let message = format!(
            "the pool lacks {} for AirLink Complete: its dates remain",
            counted(pool.shortfall, "token")
        );
        warnings.push(Warning { code: WarningCode::TokenShortfall, systems, message });
    }
    warnings
}

/// What the division of the tokens left comes to.
fn about_grant(
    basic: &BasicGrant,
    data: &AccountData,
    tally: &Tally,
    yardstick: &Yardstick,
) -> Option<Warning> {
    let (code, message) = if basic.is_nothing() {
        let (tokens, sharing) =
            (counted(basic.months.numerator, "token"), counted(basic.systems, "AirLink Basic system"));
        let on = yardstick.on;
        let message =
            format!("{tokens} for {sharing} give no month: service ends on the migration date {on}");
        (WarningCode::ZeroMonths, message)
    } else if basic.is_long() {
        let months = basic.granted_months;
        (WarningCode::LongTerm, format!("{months} months are more than 60: check the number of tokens"))
    } else {
        return None;
    };
    let systems = tally.serials(data, |_, _, class| class == Class::Remaining);
    Some(Warning { code, systems, message })
}

/// Tokens that nobody can take.
fn without_basic(pool: &Pool) -> Option<Warning> {
    (pool.rest > 0).then(|| Warning {
        code: WarningCode::UnallocatedWithoutBasic,
        systems: Vec::new(),
        message: format!("{} left and no AirLink Basic system to take them", counted(pool.rest, "token")),
    })
}

/// An account that is no customer's.
fn about_account(data: &AccountData) -> Option<Warning> {
    matches!(data.kind, Kind::FreeTier | Kind::Transition).then(|| Warning {
        code: WarningCode::FreeAccount,
        systems: Vec::new(),
        message: format!(
            "an account of kind `{}` consumes no tokens: planned like a customer's account",
            data.kind
        ),
    })
}
