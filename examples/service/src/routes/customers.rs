//! The Customers page of a reseller (RES-2).

use super::Answer;
use super::accounts::{account, find, require};
use crate::deadline::Deadline;
use crate::desk::Desk;
use crate::gate::Visit;
use crate::policy::Deed;
use crate::problem::Problem;
use crate::request::{Named, Parameters};
use crate::store::accounts::AccountRow;
use crate::work;
use alms_core::account::Partnership;
use alms_core::wire;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

/// `GET /resellers/{uid}/customers`: all accounts whose partner it is, avc ones with the ends of their subscriptions.
pub(crate) async fn page(
    State(desk): State<Desk>,
    visit: Visit,
    Named(uid): Named,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [on, name, sort, descending] = parameters.only(["on", "name", "sort", "descending"])?;
    let on =
        on.ok_or_else(|| Problem::invalid("on", "the parameter `on` is missing; add the day of the page"))?;
    let descending = descending.map_or(Ok(false), |text| read_flag(&text))?;
    let Visit { caller, deadline } = visit;
    require(&desk, &caller, Deed::ReadCustomers, &uid, deadline).await?;
    let reseller = account(&find(&mut *desk.read(deadline).await?, &uid).await?)?.into_data().uid;
    let uids: Vec<String> = {
        let memory = desk.look(deadline).await?;
        let customers = memory.ledger.customers_of(&reseller);
        customers.map(|account| account.holder.uid.as_str().to_owned()).collect()
    };
    let rows = read_all(&desk, &uids, deadline).await?;
    work::heavy(deadline, move || {
        let customers = rows.iter().map(customer).collect::<Result<Vec<_>, _>>()?;
        let sort = sort.map(|column| json!([{"by": column, "descending": descending}]));
        let input =
            json!({"reseller": uid, "on": on, "customers": customers, "filter": {"name": name}, "sort": sort});
        let page = wire::call("reseller.customers", &input.to_string());
        Ok(Answer(StatusCode::OK, page.map_err(|error| in_query(error.into()))?))
    })
    .await
}

/// The accounts as they were at one moment.
async fn read_all(desk: &Desk, uids: &[String], deadline: Deadline) -> Result<Vec<AccountRow>, Problem> {
    let mut snapshot = desk.snapshot(deadline).await?;
    let mut rows = Vec::with_capacity(uids.len());
    for uid in uids {
        rows.push(find(snapshot.connection()?, uid).await?);
    }
    Ok(rows)
}

fn read_flag(text: &str) -> Result<bool, Problem> {
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(60).collect();
        Problem::invalid("descending", format!("`{shown}` is not a truth value; write `true` or `false`"))
    })
}

/// Paths in the library's document, as the client named these values.
fn in_query(problem: Problem) -> Problem {
    problem.renamed("sort[0].by", "sort").renamed("filter.name", "name")
}

/// An account as the page takes it.
fn customer(row: &AccountRow) -> Result<Value, Problem> {
    let data = account(row)?.into_data();
    let subscriptions: Vec<Map<String, Value>> =
        serde_json::from_str(&row.subscriptions).map_err(|_| Problem::internal())?;
    let ends: std::collections::HashMap<&str, &Value> = subscriptions
        .iter()
        .filter_map(|subscription| {
            Some((subscription.get("serial")?.as_str()?, subscription.get("end_date")?))
        })
        .collect();
    let systems: Vec<Value> = data
        .systems
        .iter()
        .map(|system| {
            let serial = system.serial.as_str();
            let (model, state) = (system.model.as_str(), system.state.as_str());
            json!({"serial": serial, "model": model, "state": state, "end_date": ends.get(serial)})
        })
        .collect();
    let partnership = |one: &Partnership| json!({"partner": one.partner.as_str(), "profile": one.profile.as_str(), "of_record": one.of_record});
    let partnerships: Vec<Value> = data.partnerships.iter().map(partnership).collect();
    let administrators: Vec<&str> = data.administrators.iter().map(AsRef::as_ref).collect();
    Ok(json!({
        "uid": data.uid.as_str(),
        "name": data.name.as_str(),
        "partnerships": partnerships,
        "administrators": administrators,
        "systems": systems,
    }))
}
