//! Examples of bodies and parameters: the story of the README.

use serde_json::{Value, json};

/// What a part of a path may be.
pub(super) fn in_path(path: &str, name: &str) -> &'static str {
    match name {
        "uid" if path.starts_with("/resellers") => "p1",
        "uid" => "c1",
        "key" => "t1",
        _ => "sha256:8d74c86c1c8fc6b53567c7f8477282eafeaf0e866728ea8c52b2156d87d27371",
    }
}

/// What a body may hold, by the component; each with its name.
pub(super) fn of_body(component: &str) -> Vec<(&'static str, Value)> {
    match component {
        "AccountInput" => vec![("partner", partner()), ("customer", customer())],
        "BookingInput" => vec![("transfer", transfer()), ("order", order()), ("month_end", month_end())],
        "Consent" => vec![("consent", json!({"by": "ann@acme.example", "on": "2023-05-20"}))],
        "PlanRequest" => vec![("plan", json!({"on": "2023-06-01", "policy": {"month_rounding": "down"}}))],
        "SystemsChange" => vec![("report", json!({"version": 1, "systems": [system()]}))],
        _ => Vec::new(),
    }
}

fn partner() -> Value {
    json!({"uid": "p1", "name": "Fleetwise", "instance": "na", "format": "legacy", "kind": "reseller", "tokens": 96,
        "systems": []})
}

fn customer() -> Value {
    json!({"uid": "c1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 20,
        "administrators": ["ann@acme.example"], "partners": ["p1"], "systems": [system()]})
}

fn system() -> Value {
    json!({"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-05-02"})
}

fn transfer() -> Value {
    json!({"key": "t1", "on": "2023-05-16", "type": "transfer", "po_number": "C 1", "partner": "p1", "customer": "c1",
        "packs": 2})
}

fn order() -> Value {
    json!({"key": "o1", "on": "2023-05-16", "type": "order", "po_number": "PO 17", "partner": "p1", "packs": 10})
}

fn month_end() -> Value {
    json!({"key": "may", "on": "2023-05-31", "type": "consumption", "account": "c1", "month": "2023-05", "peak": 1})
}
