use alms_core::account::{
    Account, AccountData, AccountDetails, Format, Instance, Kind, System, SystemState, Systems,
};
use alms_core::calendar::{Date, Months};
use alms_core::text::TextError;
use alms_core::tokens::Tokens;

/// A legacy account of `count` systems: most of them active and without support, some of every other fate.
///
/// # Panics
/// Never: all texts and dates are in range.
pub fn account(count: u32) -> Account {
    build(count).unwrap_or_else(|error| {
        eprintln!("the benchmark's account is not valid: {error}");
        std::process::exit(1)
    })
}

/// The request to plan that account, as compact JSON.
pub fn request_json(account: &Account, on: Date) -> String {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let systems: Vec<_> = account
        .data()
        .systems
        .iter()
        .map(|system| {
            serde_json::json!({
                "serial": system.serial.as_str(), "model": system.model.as_str(), "state": system.state.as_str(),
                "last_communication": day(system.last_communication), "support_end": day(system.support_end),
                "warranty_end": day(system.warranty_end),
            })
        })
        .collect();
    let data = account.data();
    serde_json::json!({
        "account": {
            "uid": data.uid.as_str(), "name": data.name.as_str(), "instance": "na", "format": "legacy",
            "kind": "customer", "tokens": data.tokens.get(), "systems": systems,
        },
        "on": on.to_string(),
    })
    .to_string()
}

fn build(count: u32) -> Result<Account, Box<dyn std::error::Error>> {
    let systems = (0..count).map(system).collect::<Result<Vec<_>, _>>()?;
    Ok(Account::try_new(AccountData {
        uid: "bench".parse()?,
        name: "Bench Buses".parse()?,
        instance: Instance::Na,
        format: Format::Legacy,
        kind: Kind::Customer,
        created: None,
        tokens: Tokens::try_new(i64::from(count).saturating_mul(7))?,
        administrators: Vec::new(),
        users: Vec::new(),
        partnerships: Vec::new(),
        offer_class: None,
        branding: None,
        configuration: None,
        systems: Systems::try_new(systems)?,
        details: AccountDetails::default(),
    })?)
}

/// A spread of fates that repeats every 20 systems, with dates that differ from system to system.
fn system(number: u32) -> Result<System, TextError> {
    let start = Date::MIN.add_months(Months::years(122)).unwrap_or(Date::MAX);
    let date = |days: u32| start.add_days(days % 700).ok();
    let state = match number % 20 {
        0 => SystemState::Maintenance,
        1 => SystemState::Inventory,
        2..=4 => SystemState::Suspended,
        _ => SystemState::Active,
    };
    Ok(System {
        // Scattered, so that putting serials in order is work, as it is for a real export.
        serial: format!("LA{:014}", u64::from(number).wrapping_mul(7_919_777).wrapping_rem(99_999_989))
            .parse()?,
        model: ["RV50", "RV55", "GX450", "LX60"].get(number as usize % 4).unwrap_or(&"RV50").parse()?,
        state,
        last_communication: if number % 20 == 5 { None } else { date(number.wrapping_mul(37)) },
        support_end: if number.is_multiple_of(5) { date(number.wrapping_mul(53)) } else { None },
        warranty_end: date(number.wrapping_mul(11)),
        sku_region: None,
    })
}
