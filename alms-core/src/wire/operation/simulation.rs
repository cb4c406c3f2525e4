//! `tokens.simulate`.

use crate::calendar::Date;
use crate::rule::RuleSet;
use crate::text::BookingKey;
use crate::tokens::{self, Booking, Refusal, Simulation, SimulationPlan};
use crate::wire::doc::booking::ReadBooking;
use crate::wire::doc::ledger::ledger;
use crate::wire::doc::replay::{Outcome, refused};
use crate::wire::doc::simulate::{SimulationDoc, SimulationRequestDoc, simulation_error};
use crate::wire::error::{Error, Located};
use crate::wire::parse;
use alms_json::to_text;
use std::collections::HashMap;

pub(super) fn simulate(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: SimulationRequestDoc<'_> = parse::document(input)?;
    let (on, until) = (request.on.read().at("on")?, request.until.read().at("until")?);
    let (usage, suspended_use) = (request.usage()?, request.suspended_use()?);
    let ledger = ledger(request.accounts, request.bookings, fired)?;
    let planned = request.planned.map_or(Ok(Vec::new()), |planned| planned.read()).at("planned")?;
    let turns: Vec<Turn> = planned.iter().enumerate().map(Turn::of).collect();
    // A planned booking with a wrong value is refused like a real one, and the others are simulated.
    let planned: Vec<Result<Booking, Error>> =
        planned.into_iter().map(|read| read.checked(&ledger)).collect();
    let (given, bookings): (Vec<usize>, Vec<Booking>) = planned
        .iter()
        .enumerate()
        .filter_map(|(index, read)| Some((index, read.as_ref().ok()?.clone())))
        .unzip();
    let plan = SimulationPlan { on, until, usage, planned: bookings, suspended_use };
    let simulation = tokens::simulate(&ledger, plan).map_err(|error| simulation_error(&error, &given))?;
    *fired = fired.union(simulation.rules());
    let booked: HashMap<&BookingKey, &Turn> = first_booked(&turns, &given, &simulation);
    let mut simulated = simulation.results.iter().cloned();
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(planned.len());
    for (turn, booking) in turns.iter().zip(planned) {
        let place = |error: Error| error.at_index(turn.index).at("planned");
        // There is a result for every booking that could be tried.
        let result = booking.map(|_| simulated.next()).transpose();
        outcomes.extend(result.map(|result| {
            let result = result.map_err(|error| turn.refusal(&booked, error)).and_then(|result| Ok(result?));
            Outcome::new(turn.key.clone(), result.map_err(|error| refused(error, fired, place)))
        }));
    }
    Ok(to_text(&SimulationDoc::of(&simulation, &outcomes)))
}

/// When a planned booking has its turn: by day, and on a day in the order of the plan.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    on: Date,
    index: usize,
    key: BookingKey,
}

impl Turn {
    fn of((index, read): (usize, &ReadBooking)) -> Self {
        Self { on: read.on, index, key: read.key.clone() }
    }

    /// Why a booking that could not be tried is refused: a key that is booked by then comes first (ORD-7).
    fn refusal(&self, booked: &HashMap<&BookingKey, &Turn>, error: Error) -> Error {
        match booked.get(&self.key) {
            Some(turn) if **turn < *self => Refusal::KeyReused { key: self.key.clone() }.into(),
            _ => error,
        }
    }
}

/// The turn at which each key was booked first.
fn first_booked<'a>(
    turns: &'a [Turn],
    given: &[usize],
    simulation: &Simulation,
) -> HashMap<&'a BookingKey, &'a Turn> {
    let mut booked: HashMap<&BookingKey, &Turn> = HashMap::new();
    for (index, result) in given.iter().zip(&simulation.results) {
        if let (Some(turn), Ok(_)) = (turns.get(*index), result) {
            let first = booked.entry(&turn.key).or_insert(turn);
            *first = turn.min(*first);
        }
    }
    booked
}
