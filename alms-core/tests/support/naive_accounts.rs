//! A second reading of ACC-2 to ACC-6, ACC-10 and ACC-11, from the rulebook alone: lists, loops and texts.

use serde_json::{Value, json};

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn same_address(one: &Value, other: &Value) -> bool {
    text(one).to_lowercase() == text(other).to_lowercase()
}

fn administers(account: &Value, email: &Value) -> bool {
    list(&account["administrators"]).iter().any(|one| same_address(one, email))
}

fn signs_in(account: &Value, email: &Value) -> bool {
    administers(account, email) || list(&account["users"]).iter().any(|one| same_address(one, email))
}

/// The codes of everything that keeps an account from being created, and what is created otherwise: its format, its
/// instance, its partnerships and the partner of record.
pub(crate) fn create(input: &Value) -> Result<Value, Vec<String>> {
    let (account, channel, directory) = (&input["account"], &input["channel"], list(&input["directory"]));
    let mut faults = Vec::new();
    let mut fault = |code: &str| faults.push(code.to_owned());
    let way = text(&channel["type"]);
    let partner =
        directory.iter().find(|one| !channel["partner"].is_null() && one["uid"] == channel["partner"]);

    // ACC-3: UID, name and e-mail are nobody else's.
    if directory.iter().any(|one| one["uid"] == account["uid"]) {
        fault("uid_taken");
    }
    if directory.iter().any(|one| one["name"] == account["name"]) {
        fault("name_taken");
    }
    // ACC-5: a link gives the partner's instance.
    let is_link = way == "partner_link" || way == "connectivity_link";
    let mut instance = account["instance"].clone();
    if instance.is_null() {
        match (way, partner) {
            ("sign_up" | "vendor", _) => fault("instance_required"),
            (_, Some(partner)) => instance = partner["instance"].clone(),
            _ => {}
        }
    } else if is_link && partner.is_some_and(|partner| partner["instance"] != instance) {
        fault("instance_mismatch");
    }
    // ACC-2.
    let only_avc = text(&input["on"]) >= "2022-01-01";
    let format = match text(&account["format"]) {
        "" if only_avc => "avc",
        "" => "legacy",
        asked => asked,
    };
    if format == "legacy" && only_avc {
        fault("format_not_available");
    }
    // ACC-8, ACC-10: who makes accounts of which kind.
    let kind = if account["kind"].is_null() { "customer" } else { text(&account["kind"]) };
    let ways: &[&str] = match kind {
        "customer" => &["sign_up", "partner_link", "connectivity_link", "reseller", "vendor"],
        "reseller" => &["sign_up", "vendor"],
        "transition" => &["vendor"],
        _ => &[],
    };
    if !ways.contains(&way) {
        fault("kind_not_available");
    }
    if directory.iter().any(|one| signs_in(one, &account["administrator"])) {
        fault("email_taken");
    }
    // ACC-4 to ACC-6: an authorized partner is a reseller account; its second link exists under the agreement alone.
    if !channel["partner"].is_null() {
        match partner {
            None => fault("unknown_account"),
            Some(partner) if partner["kind"] != "reseller" => fault("not_a_reseller"),
            Some(partner) if way == "connectivity_link" && partner["agreement"] == false => {
                fault("no_signup_link")
            }
            Some(_) => {}
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let partnerships: Vec<Value> = partner
        .iter()
        .map(|one| json!({"partner": one["uid"], "profile": "read_only", "of_record": is_link}))
        .collect();
    Ok(json!({
        "format": format,
        "instance": instance,
        "kind": kind,
        "partnerships": partnerships,
        "partner_of_record": if is_link { channel["partner"].clone() } else { Value::Null },
        "activated_later": way == "reseller",
    }))
}

/// What a partner has of an account: both links, what it is linked for, whether it is of record.
pub(crate) fn commission(input: &Value) -> Value {
    let (partner, account) = (&input["partner"], &input["account"]);
    let signed = input["agreement"] == true;
    let mut partners = list(&account["partners"]);
    let mut of_record = account["partner_of_record"].clone();
    for one in list(&account["partnerships"]) {
        partners.push(one["partner"].clone());
        if one["of_record"] == true {
            of_record = one["partner"].clone();
        }
    }
    let (way, by) = (text(&account["channel"]["type"]), &account["channel"]["partner"]);
    let by_link = way == "partner_link" || way == "connectivity_link";
    if of_record.is_null() && by_link && (partners.is_empty() || partners.contains(by)) {
        of_record = by.clone();
    }
    let is_of_record = of_record == *partner;
    let linked = is_of_record || partners.contains(partner);
    // ACC-6: not without the agreement, and not for who used the plain link.
    let commission = is_of_record && signed && !(way == "partner_link" && by == partner);
    let link = match (linked, commission) {
        (false, _) => "none",
        (_, true) => "support_and_commission",
        _ => "support",
    };
    json!({"signup_link": true, "connectivity_link": signed, "link": link, "partner_of_record": is_of_record,
        "commission": commission})
}

/// The kind after a conversion, or the code of what stands in its way.
pub(crate) fn convert(input: &Value) -> Result<String, String> {
    let account = &input["account"];
    let from = text(&account["kind"]);
    let to = if input["to"].is_null() { "customer" } else { text(&input["to"]) };
    let systems = list(&account["systems"]).len();
    let refused = |code: &str| Err(code.to_owned());
    match (from, to) {
        ("free_tier", "customer") | ("customer", "free_tier" | "reseller") => {}
        (_, "customer") => return refused("not_free_tier"),
        _ => return refused("conversion_not_available"),
    }
    if to == "free_tier" && systems > 0 {
        return refused("registered_before_conversion");
    }
    if to == "reseller" && systems > 20 {
        return refused("too_many_systems");
    }
    let ticket = &input["ticket"];
    if ticket.is_null() && to != "customer" {
        return refused("ticket_required");
    }
    if !ticket.is_null() && !list(&ticket["accounts"]).contains(&account["uid"]) {
        return refused("incomplete_ticket");
    }
    if to == "reseller" && input["authorized"] == false {
        return refused("not_authorized");
    }
    Ok(to.to_owned())
}

/// The state and the partnerships after a step between an account and a partner that has taken these, or the code of what
/// stands in its way; the accounts themselves do not change between the steps.
pub(crate) fn step(input: &Value) -> Result<(String, Vec<Value>), String> {
    let directory = list(&input["directory"]);
    let find = |uid: &Value| directory.iter().find(|one| one["uid"] == *uid).cloned().unwrap_or_default();
    let (customer, partner) = (find(&input["customer"]), find(&input["partner"]));
    let mut state = "none".to_owned();
    let mut last = String::new();
    for old in list(&input["steps"]) {
        last = in_order(&last, &old)?;
        state = next(&state, text(&old["type"]))?;
    }
    let new = &input["step"];
    in_order(&last, new)?;
    let kind = text(&new["type"]);
    if partner["kind"] != "reseller" {
        return Err("not_a_reseller".to_owned());
    }
    if !administers(if kind == "request" { &partner } else { &customer }, &new["by"]) {
        return Err("not_an_administrator".to_owned());
    }
    let state = next(&state, kind)?;
    let mut partnerships: Vec<Value> = list(&customer["partnerships"])
        .iter()
        .map(|one| {
            let profile = if one["profile"].is_null() { json!("read_only") } else { one["profile"].clone() };
            json!({"partner": one["partner"], "profile": profile, "of_record": one["of_record"] == true})
        })
        .collect();
    let place = partnerships.iter().position(|one| one["partner"] == partner["uid"]);
    match (kind, place) {
        ("request" | "grant" | "link", Some(_)) => return Err("already_partner".to_owned()),
        ("assign_profile" | "end", None) => return Err("not_a_partner".to_owned()),
        ("link", None) => {
            let named = list(&new["ticket"]["accounts"]);
            if !named.contains(&customer["uid"]) || !named.contains(&partner["uid"]) {
                return Err("incomplete_ticket".to_owned());
            }
        }
        _ => {}
    }
    match (kind, place) {
        ("grant" | "link", _) => {
            let profile = if new["profile"].is_null() { json!("read_only") } else { new["profile"].clone() };
            partnerships.push(json!({"partner": partner["uid"], "profile": profile, "of_record": false}));
        }
        ("assign_profile", Some(place)) => partnerships[place]["profile"] = new["profile"].clone(),
        ("end", Some(place)) => {
            partnerships.remove(place);
        }
        _ => {}
    }
    Ok((state, partnerships))
}

fn in_order(last: &str, step: &Value) -> Result<String, String> {
    let on = text(&step["on"]);
    if on < last { Err("not_in_order".to_owned()) } else { Ok(on.to_owned()) }
}

/// How a request stands after a step.
fn next(state: &str, step: &str) -> Result<String, String> {
    let after = match (step, state) {
        ("request", "requested") => return Err("already_requested".to_owned()),
        ("request", _) => "requested",
        ("grant", "requested") | ("link", _) => "granted",
        ("refuse", "requested") => "refused",
        ("grant" | "refuse", "none") => return Err("no_request".to_owned()),
        ("grant" | "refuse", _) => return Err("already_answered".to_owned()),
        ("end", _) => "ended",
        _ => state,
    };
    Ok(after.to_owned())
}
