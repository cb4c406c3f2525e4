use super::dates::date;
use super::fields::{Fields, Value, Wanted};
use super::scalar::{Kind, shown, text, whole_text, wrong_type};
use crate::account::{Model, System, SystemState};
use crate::calendar::Date;
use crate::import::fault::Fault;
use crate::import::note::Said;
use crate::import::serial;
use crate::import::state::StateName;
use crate::import::value::{self, DateOf};
use crate::import::{NoteCode, RowErrorCode};
use crate::text::Serial;
use std::borrow::Cow;

const SYSTEM: Wanted<14> = Wanted {
    prefix: "",
    names: [
        "gateway",
        "serialNumber",
        "type",
        "lifeCycleState",
        "state",
        "lastCommDate",
        "supportExpiryDate",
        "supportEndDate",
        "warrantyExpiryDate",
        "warrantyDate",
        "warrantyEndDate",
        "data",
        "subscription",
        "subscriptions",
    ],
};

const GATEWAY: Wanted<2> = Wanted { prefix: "gateway.", names: ["serialNumber", "type"] };

const DATA: Wanted<5> = Wanted {
    prefix: "data.",
    names: ["supportExpiryDate", "supportEndDate", "warrantyExpiryDate", "warrantyDate", "warrantyEndDate"],
};

/// What is wrong with an item, and where.
#[derive(Debug)]
pub(super) struct Problem<'a> {
    /// The part of the document that an error points to.
    pub(super) at: &'a str,
    /// The value as it is shown.
    pub(super) shown: &'a str,
    /// The path within the item.
    pub(super) path: [&'static str; 2],
    pub(super) fault: Fault,
}

/// What an item gave.
#[derive(Debug, Default)]
pub(super) struct Outcome<'a> {
    /// The serial and where it stands, if it is good: it counts for duplicates even if the rest is bad.
    pub(super) serial: Option<(Serial, Value<'a>)>,
    /// The system, if no value is bad; a field that is there twice is a problem all the same.
    pub(super) system: Option<System>,
    /// What was done to values, and where they are.
    pub(super) notes: Vec<(Value<'a>, Said)>,
    /// The item is not a system of its own; a note says so.
    pub(super) is_left_out: bool,
    /// Whether the item says when the system communicated last, be it never.
    pub(super) has_last: bool,
    /// The fields that are not read and say something: what stands before their names, and the names.
    pub(super) unread: Vec<(&'static str, &'a str)>,
    /// All that is wrong.
    pub(super) problems: Vec<Problem<'a>>,
}

/// The value is bad, and the problem is among the item's.
#[derive(Debug, Clone, Copy)]
struct Reported;

/// An item while it becomes a system.
struct Item<'a> {
    raw: &'a str,
    unread: Vec<(&'static str, &'a str)>,
    problems: Vec<Problem<'a>>,
}

/// Reads one system of the list.
pub(super) fn read(raw: &str) -> Outcome<'_> {
    let mut item = Item { raw, unread: Vec::new(), problems: Vec::new() };
    let mut outcome = item.read().unwrap_or_default();
    (outcome.unread, outcome.problems) = (item.unread, item.problems);
    outcome
}

impl<'a> Item<'a> {
    fn read(&mut self) -> Result<Outcome<'a>, Reported> {
        let whole = Value { raw: self.raw, prefix: "", name: "" };
        let (system, seen) = self.object(whole, SYSTEM)?;
        let [
            gateway,
            serial,
            kind,
            life_cycle,
            state,
            last,
            support_1,
            support_2,
            warranty_1,
            warranty_2,
            warranty_3,
            data,
            sim_1,
            sim_2,
        ] = system;
        let has_last = SYSTEM.names.iter().zip(seen).any(|(name, seen)| seen && *name == "lastCommDate");
        let gateway = gateway.map_or(Ok([None; 2]), |gateway| Ok(self.object(gateway, GATEWAY)?.0));
        if is_sim(gateway.as_ref().ok(), serial, kind, [sim_1, sim_2]) {
            let message = "a SIM that is a system of its own was left out".to_owned();
            let notes = vec![(whole, Said { code: NoteCode::SimLeftOut, message })];
            return Ok(Outcome { notes, is_left_out: true, has_last, ..Outcome::default() });
        }
        let [data_support_1, data_support_2, data_warranty_1, data_warranty_2, data_warranty_3] =
            self.data(data);

        let serial = gateway.and_then(|[first, _]| self.serial([first, serial]));
        let model = gateway.and_then(|[_, first]| self.model([first, kind]));
        let state = self.state(life_cycle, state);
        let last_communication = self.date([last], DateOf::LastCommunication);
        let support_end = self.date([support_1, support_2, data_support_1, data_support_2], DateOf::End);
        let warranty =
            [warranty_1, warranty_2, warranty_3, data_warranty_1, data_warranty_2, data_warranty_3];
        let warranty_end = self.date(warranty, DateOf::End);

        let known = serial.as_ref().ok().map(|(serial, place, _)| (serial.clone(), *place));
        let of_serial = serial.as_ref().ok().and_then(|(_, place, said)| Some((*place, said.clone()?)));
        let of_state = state.as_ref().ok().and_then(|(_, note)| note.clone());
        let notes = of_serial.into_iter().chain(of_state).collect();
        let system = || -> Result<System, Reported> {
            Ok(System {
                serial: serial?.0,
                model: model?,
                state: state?.0,
                last_communication: last_communication?,
                support_end: support_end?,
                warranty_end: warranty_end?,
                sku_region: None,
            })
        };
        let system = system().ok();
        Ok(Outcome { serial: known, system, notes, has_last, ..Outcome::default() })
    }

    /// The wanted fields of an object.
    fn object<const N: usize>(
        &mut self,
        value: Value<'a>,
        wanted: Wanted<N>,
    ) -> Result<([Option<Value<'a>>; N], [bool; N]), Reported> {
        if Kind::of(value.raw) != Kind::Object {
            return self.reported(value, Err(wrong_type(value.raw, "an object")));
        }
        // The document was read before, so that only an escape in a name can be wrong now.
        let fields: Fields<'a, N> = self.reported(
            value,
            wanted.read(value.raw).map_err(|_| {
                let rest = "has a name with an escape that is not a character; correct it";
                Fault::of_value(RowErrorCode::InvalidText, value.raw.as_bytes(), rest)
            }),
        )?;
        for repeated in fields.repeated {
            let message = format!(
                "the field `{}{}` is there twice; remove one of them",
                repeated.prefix, repeated.name
            );
            self.report(repeated, shown(repeated.raw), Fault::new(RowErrorCode::RepeatedField, message));
        }
        self.unread.extend(fields.unread.into_iter().map(|name| (wanted.prefix, name)));
        Ok((fields.values, fields.seen))
    }

    /// The dates in `data`, which may be anything else as well.
    fn data(&mut self, data: Option<Value<'a>>) -> [Option<Value<'a>>; 5] {
        match data {
            Some(data) if Kind::of(data.raw) == Kind::Object => {
                self.object(data, DATA).map_or([None; 5], |(values, _)| values)
            }
            _ => [None; 5],
        }
    }

    /// The serial number, where it is, and what was done to it.
    fn serial(
        &mut self,
        places: [Option<Value<'a>>; 2],
    ) -> Result<(Serial, Value<'a>, Option<Said>), Reported> {
        for place in places.into_iter().flatten() {
            let text = self.reported(place, whole_text(place.raw))?;
            if !serial::bare(&text).is_empty() {
                let (serial, said) = self.reported(place, serial::serial(&text))?;
                return Ok((serial, place, said));
            }
        }
        let missing = Value { raw: self.raw, prefix: "gateway.", name: "serialNumber" };
        self.missing(missing, serial::serial("").map(|(serial, said)| (serial, missing, said)))
    }

    fn model(&mut self, places: [Option<Value<'a>>; 2]) -> Result<Model, Reported> {
        match self.first_text(places)? {
            Some((text, place)) => self.reported(place, value::model(&text)),
            // A model nobody recorded.
            None => value::model("").map_err(|_| Reported),
        }
    }

    /// The state, and the note if it was taken for another one.
    fn state(
        &mut self,
        life_cycle: Option<Value<'a>>,
        older: Option<Value<'a>>,
    ) -> Result<(SystemState, Option<(Value<'a>, Said)>), Reported> {
        let (life_cycle, older) = (self.named_state(life_cycle), self.named_state(older));
        let (place, text, taken) = match (life_cycle?, older?) {
            // Only the older field knows maintenance, and it lasts whatever the life cycle.
            (_, Some(older)) if older.2.state == SystemState::Maintenance => older,
            (Some(life_cycle), _) => life_cycle,
            (None, Some(older)) => older,
            (None, None) => {
                let missing = Value { raw: self.raw, prefix: "", name: "lifeCycleState" };
                return self.missing(missing, value::state("").map(|taken| (taken.state, None)));
            }
        };
        let note = taken.noted.then(|| (place, value::state_note(&text, taken)));
        Ok((taken.state, note))
    }

    fn named_state(
        &mut self,
        place: Option<Value<'a>>,
    ) -> Result<Option<(Value<'a>, Cow<'a, str>, StateName)>, Reported> {
        let Some((text, place)) = self.first_text([place])? else { return Ok(None) };
        let taken = self.reported(place, value::state(&text))?;
        Ok(Some((place, text, taken)))
    }

    /// The date that some of these fields give; two that differ are an error.
    fn date<const N: usize>(
        &mut self,
        places: [Option<Value<'a>>; N],
        of: DateOf,
    ) -> Result<Option<Date>, Reported> {
        let mut found = Ok(None);
        for place in places.into_iter().flatten() {
            match (self.reported(place, date(place.raw, of)), found) {
                (Ok(None), _) => {}
                (Ok(next), Ok(None)) => found = Ok(next),
                (Ok(next), Ok(first)) if next == first => {}
                (Ok(_), Ok(Some(first))) => {
                    let rest = format!("contradicts the date `{first}` of another field; remove one of them");
                    let fault =
                        Fault::of_value(RowErrorCode::RepeatedField, shown(place.raw).as_bytes(), &rest);
                    found = self.reported(place, Err(fault));
                }
                (_, _) => found = Err(Reported),
            }
        }
        found
    }

    /// The first of these texts that is not empty.
    fn first_text<const N: usize>(
        &mut self,
        places: [Option<Value<'a>>; N],
    ) -> Result<Option<(Cow<'a, str>, Value<'a>)>, Reported> {
        for place in places.into_iter().flatten() {
            let text = self.reported(place, text(place.raw))?;
            if !text.is_empty() {
                return Ok(Some((text, place)));
            }
        }
        Ok(None)
    }

    /// A value that is not there is reported at the item.
    fn missing<T>(&mut self, value: Value<'a>, result: Result<T, Fault>) -> Result<T, Reported> {
        result.map_err(|fault| self.report(value, "", fault))
    }

    fn reported<T>(&mut self, value: Value<'a>, result: Result<T, Fault>) -> Result<T, Reported> {
        result.map_err(|fault| self.report(value, shown(value.raw), fault))
    }

    fn report(&mut self, value: Value<'a>, shown: &'a str, fault: Fault) -> Reported {
        self.problems.push(Problem { at: value.raw, shown, path: [value.prefix, value.name], fault });
        Reported
    }
}

/// Whether an item is a SIM: its type says so, or it has the subscription of a SIM, and no router.
fn is_sim<'a>(
    gateway: Option<&[Option<Value<'a>>; 2]>,
    serial: Option<Value<'a>>,
    kind: Option<Value<'a>>,
    subscriptions: [Option<Value<'a>>; 2],
) -> bool {
    let is_sim_type = |value: &Value<'_>| text(value.raw).is_ok_and(|text| value::is_sim(&text));
    let gateway_type = gateway.and_then(|[_, kind]| *kind);
    if gateway_type.as_ref().or(kind.as_ref()).is_some_and(is_sim_type) {
        return true;
    }
    let is_named = |value: &Option<Value<'_>>| value.is_some_and(|value| !shown(value.raw).trim().is_empty());
    let has_router = is_named(&serial) || gateway.is_none_or(|fields| fields.iter().any(is_named));
    let is_something = |value: &Value<'_>| {
        !matches!(value.raw.split_ascii_whitespace().collect::<String>().as_str(), "[]" | "{}" | "\"\"")
    };
    !has_router && subscriptions.iter().flatten().any(is_something)
}
