use super::account::{optional_day, texts};
use super::account_view::{AccountOf, Whole};
use super::catalogue::CatalogueDoc;
use super::fraction::FractionDoc;
use super::policy::PolicyDoc;
use super::product::ProductDoc;
use super::replay::LedgerDoc;
use crate::account::SystemState;
use crate::calendar::Months;
use crate::migration::{
    BasicGrant, Draft, Outcome, Plan, PlanError, PlannedSystem, Summary, TakenBalance, TokenStatement,
    Warning, WarningCode,
};
use crate::offers::Offer;
use crate::quantity::Fraction;
use crate::rule::RuleId;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, FingerprintText, GroundsList, Id, Prose, Small, Text, read_as};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::{Json, Write};

/// Input of `migration.plan`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PlanRequest"))]
pub(in crate::wire) struct PlanRequestDoc<'a> {
    /// A legacy account.
    pub(in crate::wire) account: AccountOf<'a, Whole>,
    /// The migration date.
    pub(in crate::wire) on: Day<'a>,
    /// The policy; the rulebook's defaults where absent.
    pub(in crate::wire) policy: Option<Object<PolicyDoc<'a>>>,
    /// The ledger that says the stock as of the migration date; `account.tokens` may then be absent.
    pub(in crate::wire) ledger: Option<Object<LedgerDoc>>,
    /// The versions of the catalogue, for the warning of offers that do not fit; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers, for the same.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// A migration plan.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Plan"))]
pub(in crate::wire) struct PlanDoc<'a> {
    /// The version of the rulebook.
    rulebook: Prose<'a>,
    /// The account's UID.
    account: Id<'a>,
    /// The migration date.
    on: Day<'a>,
    /// The policy with every field.
    policy: Object<PolicyDoc<'a>>,
    /// What becomes of every system, in the account's order.
    systems: PlannedSystems<'a>,
    /// Where every token went.
    tokens: Object<StatementDoc<'a>>,
    /// What AirLink Basic systems get; null without such systems.
    basic: Option<Object<BasicDoc<'a>>>,
    /// Counts by outcome.
    summary: Object<SummaryDoc<'a>>,
    /// What to know before agreeing.
    warnings: Vec<Object<WarningDoc<'a>>>,
    /// What a consent names: `sha256:` and 64 hexadecimal digits.
    fingerprint: FingerprintText<'a>,
    /// The balance that was taken as the stock; absent where the account said its tokens itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<Object<TakenBalanceDoc<'a>>>,
}

/// The balance of a ledger that a migration converts.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TakenBalance"))]
pub(in crate::wire) struct TakenBalanceDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// Its stock.
    tokens: Count<'a>,
    /// At the end of this day, the migration date.
    as_of: Day<'a>,
}

impl<'a> TakenBalanceDoc<'a> {
    fn read(&self) -> Result<TakenBalance, Error> {
        Ok(TakenBalance {
            account: self.account.read().at("account")?,
            tokens: self.tokens.tokens().at("tokens")?,
            as_of: self.as_of.read().at("as_of")?,
        })
    }

    fn of(balance: &'a TakenBalance) -> Self {
        Self {
            account: Text::of(&balance.account),
            tokens: balance.tokens.into(),
            as_of: balance.as_of.into(),
        }
    }
}

/// The systems of a plan; a plan of a million systems is written without a second list of them.
pub(in crate::wire) enum PlannedSystems<'a> {
    Written(Vec<Object<PlannedSystemDoc<'a>>>),
    Planned(&'a [PlannedSystem]),
}

impl PlannedSystems<'_> {
    fn read(&self) -> Result<Vec<PlannedSystem>, Error> {
        match self {
            PlannedSystems::Planned(systems) => Ok(systems.to_vec()),
            PlannedSystems::Written(docs) => {
                docs.iter().enumerate().map(|(index, doc)| doc.read().at_index(index)).collect()
            }
        }
    }
}

read_as! { ['a] PlannedSystems<'a>: Vec<Object<PlannedSystemDoc<'a>>>, PlannedSystems::Written; }

impl Write for PlannedSystems<'_> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            PlannedSystems::Written(docs) => docs.write(json),
            PlannedSystems::Planned(systems) => json.list(systems.iter().map(PlannedSystemDoc::of)),
        }
    }
}

/// What becomes of one system.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PlannedSystem"))]
pub(in crate::wire) struct PlannedSystemDoc<'a> {
    /// The serial number.
    serial: Id<'a>,
    /// What becomes of it.
    outcome: Choice<'a, Outcome>,
    /// The offer; null when deleted.
    offer: Option<Choice<'a, Offer>>,
    /// The state after the migration; null when deleted.
    state: Option<Choice<'a, SystemState>>,
    /// The day its service ends; null when deleted or in inventory.
    end_date: Option<Day<'a>>,
    /// The months it takes from the pool.
    tokens: Count<'a>,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
}

/// Where every token went: opening + written_off = complete + basic + pro_rata + unallocated − overgranted.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TokenStatement"))]
pub(in crate::wire) struct StatementDoc<'a> {
    /// The stock before the migration.
    opening: Count<'a>,
    /// What a negative stock was written off by.
    written_off: Count<'a>,
    /// Taken by AirLink Complete.
    complete: Count<'a>,
    /// Whole months of AirLink Basic.
    basic: Count<'a>,
    /// The part below a month, as days.
    pro_rata: Count<'a>,
    /// Left over.
    unallocated: Count<'a>,
    /// Granted beyond what there was.
    overgranted: Count<'a>,
    /// What AirLink Complete would have taken beyond the pool.
    shortfall: Count<'a>,
}

/// What every AirLink Basic system gets.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BasicGrant"))]
pub(in crate::wire) struct BasicDoc<'a> {
    /// How many systems share the tokens.
    systems: Small<'a>,
    /// The exact months per system, not reduced.
    months: Object<FractionDoc<'a>>,
    /// Whole months granted.
    granted_months: Count<'a>,
    /// Days beyond them.
    granted_days: Small<'a>,
    /// The common end date.
    end_date: Day<'a>,
}

/// Counts by outcome.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Summary"))]
pub(in crate::wire) struct SummaryDoc<'a> {
    /// Removed.
    deleted: Small<'a>,
    /// In inventory.
    inventory: Small<'a>,
    /// On AirLink Complete.
    airlink_complete: Small<'a>,
    /// On AirLink Basic.
    airlink_basic: Small<'a>,
}

/// What a reader should know before agreeing.
#[derive(Read, Write)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Warning"))]
pub(in crate::wire) struct WarningDoc<'a> {
    /// The stable code.
    code: Choice<'a, WarningCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// The serials of the systems it concerns; empty if it concerns the account.
    systems: Vec<Id<'a>>,
    /// One sentence.
    message: Prose<'a>,
}

impl<'a> PlanDoc<'a> {
    pub(in crate::wire) fn read(&self) -> Result<Plan, Error> {
        let warnings = self.warnings.iter().enumerate().map(|(index, doc)| doc.read().at_index(index));
        let draft = Draft {
            rulebook: self.rulebook.as_str().to_owned(),
            account: self.account.read().at("account")?,
            on: self.on.read().at("on")?,
            policy: self.policy.read().at("policy")?,
            systems: self.systems.read().at("systems")?,
            tokens: self.tokens.read().at("tokens")?,
            basic: self.basic.as_ref().map(|doc| doc.read()).transpose().at("basic")?,
            summary: self.summary.read().at("summary")?,
            warnings: warnings.collect::<Result<_, _>>().at("warnings")?,
            balance: None,
        };
        let fingerprint = self.fingerprint.read().at("fingerprint")?;
        let balance = self.balance.as_ref().map(|doc| doc.read()).transpose().at("balance")?;
        Ok(Plan { draft: Draft { balance, ..draft }, fingerprint })
    }

    pub(in crate::wire) fn of(plan: &'a Plan) -> Self {
        Self {
            rulebook: Prose::of(&plan.rulebook),
            account: Text::of(&plan.account),
            on: plan.on.into(),
            policy: Object(PolicyDoc::of(&plan.policy)),
            systems: PlannedSystems::Planned(&plan.systems),
            tokens: Object(StatementDoc::of(&plan.tokens)),
            basic: plan.basic.as_ref().map(|basic| Object(BasicDoc::of(basic))),
            summary: Object(SummaryDoc::of(&plan.summary)),
            warnings: plan.warnings.iter().map(|warning| Object(WarningDoc::of(warning))).collect(),
            fingerprint: FingerprintText::of(plan.fingerprint),
            balance: plan.balance.as_ref().map(|balance| Object(TakenBalanceDoc::of(balance))),
        }
    }
}

impl<'a> PlannedSystemDoc<'a> {
    pub(in crate::wire) fn read(&self) -> Result<PlannedSystem, Error> {
        let planned = PlannedSystem {
            serial: self.serial.read().at("serial")?,
            outcome: self.outcome.read().at("outcome")?,
            end_date: optional_day(self.end_date.as_ref(), "end_date")?,
            tokens: self.tokens.tokens().at("tokens")?,
            grounds: self.rules.read().at("rules")?,
        };
        // Offer and state follow from the outcome; a document that says otherwise is not a plan of ours.
        let offer = self.offer.as_ref().map(Choice::read).transpose().at("offer")?;
        let state = self.state.as_ref().map(Choice::read).transpose().at("state")?;
        let contradicts = |field: &str, follows: Option<&str>| {
            let follows = follows.unwrap_or("null");
            let message = format!(
                "the outcome `{}` has the {field} `{follows}`; give the plan unaltered",
                planned.outcome
            );
            Error::new(ErrorCode::StalePlan, message).by_rule(RuleId::Mig19).at(field)
        };
        if offer != planned.outcome.offer() {
            return Err(contradicts("offer", planned.outcome.offer().map(Offer::as_str)));
        }
        if state != planned.outcome.state() {
            return Err(contradicts("state", planned.outcome.state().map(SystemState::as_str)));
        }
        Ok(planned)
    }

    pub(in crate::wire) fn of(planned: &'a PlannedSystem) -> Self {
        Self {
            serial: Text::of(&planned.serial),
            outcome: planned.outcome.into(),
            offer: planned.outcome.offer().map(Choice::from),
            state: planned.outcome.state().map(Choice::from),
            end_date: planned.end_date.map(Day::from),
            tokens: planned.tokens.into(),
            rules: GroundsList::Grounds(planned.grounds),
        }
    }
}

impl StatementDoc<'_> {
    fn read(&self) -> Result<TokenStatement, Error> {
        Ok(TokenStatement {
            opening: self.opening.tokens().at("opening")?,
            written_off: self.written_off.tokens().at("written_off")?,
            complete: self.complete.tokens().at("complete")?,
            basic: self.basic.tokens().at("basic")?,
            pro_rata: self.pro_rata.tokens().at("pro_rata")?,
            unallocated: self.unallocated.tokens().at("unallocated")?,
            overgranted: self.overgranted.tokens().at("overgranted")?,
            shortfall: self.shortfall.tokens().at("shortfall")?,
        })
    }

    pub(in crate::wire) fn of(statement: &TokenStatement) -> Self {
        Self {
            opening: statement.opening.into(),
            written_off: statement.written_off.into(),
            complete: statement.complete.into(),
            basic: statement.basic.into(),
            pro_rata: statement.pro_rata.into(),
            unallocated: statement.unallocated.into(),
            overgranted: statement.overgranted.into(),
            shortfall: statement.shortfall.into(),
        }
    }
}

impl BasicDoc<'_> {
    fn read(&self) -> Result<BasicGrant, Error> {
        let FractionDoc { numerator, denominator } = &self.months.0;
        let months = Fraction {
            numerator: numerator.read().at("numerator").at("months")?,
            denominator: denominator.read().at("denominator").at("months")?,
        };
        Ok(BasicGrant {
            systems: self.systems.small().at("systems")?,
            months,
            granted_months: Months::try_new(self.granted_months.read().at("granted_months")?)?,
            granted_days: self.granted_days.small().at("granted_days")?,
            end_date: self.end_date.read().at("end_date")?,
        })
    }

    pub(in crate::wire) fn of(basic: &BasicGrant) -> Self {
        Self {
            systems: basic.systems.into(),
            months: Object(FractionDoc::of(basic.months)),
            granted_months: basic.granted_months.get().into(),
            granted_days: basic.granted_days.into(),
            end_date: basic.end_date.into(),
        }
    }
}

impl SummaryDoc<'_> {
    fn read(&self) -> Result<Summary, Error> {
        Ok(Summary {
            deleted: self.deleted.small().at("deleted")?,
            inventory: self.inventory.small().at("inventory")?,
            airlink_complete: self.airlink_complete.small().at("airlink_complete")?,
            airlink_basic: self.airlink_basic.small().at("airlink_basic")?,
        })
    }

    pub(in crate::wire) fn of(summary: &Summary) -> Self {
        Self {
            deleted: summary.deleted.into(),
            inventory: summary.inventory.into(),
            airlink_complete: summary.airlink_complete.into(),
            airlink_basic: summary.airlink_basic.into(),
        }
    }
}

impl<'a> WarningDoc<'a> {
    fn read(&self) -> Result<Warning, Error> {
        self.rule.read().at("rule")?;
        Ok(Warning {
            code: self.code.read().at("code")?,
            systems: texts(Some(&self.systems), "systems")?,
            message: self.message.as_str().to_owned(),
        })
    }

    pub(in crate::wire) fn of(warning: &'a Warning) -> Self {
        Self {
            code: warning.code.into(),
            rule: warning.code.rule().into(),
            systems: warning.systems.iter().map(Text::of).collect(),
            message: Prose::of(&warning.message),
        }
    }
}

impl From<PlanError> for Error {
    fn from(error: PlanError) -> Self {
        let system = |field: &str, index: usize, error: Error| error.at(field).at_index(index).at("systems");
        let placed = match &error {
            PlanError::AlreadyMigrated => Error::new(error.code(), &error).by_rule(RuleId::Mig2).at("format"),
            PlanError::ResellerAccount => Error::new(error.code(), &error).by_rule(RuleId::Mig18).at("kind"),
            PlanError::XrInLegacyAccount { index, count, .. } => system(
                "model",
                *index,
                Error::new(error.code(), &error).by_rule(RuleId::Mig17).with("count", *count),
            ),
            // The date is the request's, not the account's.
            PlanError::UntilOutOfRange { .. } => {
                return Error::new(error.code(), &error).by_rule(RuleId::Mig9).at("until");
            }
            PlanError::MissingOutOfRange { .. } => Error::new(error.code(), &error).at("tokens"),
            PlanError::BasicEndOutOfRange { .. } => {
                Error::new(error.code(), &error).by_rule(RuleId::Mig9).at("tokens")
            }
            PlanError::CompleteEndOutOfRange { index, .. } => {
                system("support_end", *index, Error::new(error.code(), &error).by_rule(RuleId::Mig11))
            }
        };
        placed.at("account")
    }
}
