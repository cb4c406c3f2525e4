use super::dates::date;
use super::fields::{Fields, Value, Wanted};
use super::scalar::{Kind, shown, text, wrong_type};
use crate::account::{Model, System, SystemState};
use crate::calendar::Date;
use crate::import::RowErrorCode;
use crate::import::fault::Fault;
use crate::import::state::StateName;
use crate::import::value::{self, DateOf};
use crate::text::Serial;
use std::borrow::Cow;

const SYSTEM: Wanted<12> = Wanted {
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
#[derive(Debug)]
pub(super) struct Outcome<'a> {
    /// The serial and where it stands, if it is good: it counts for duplicates even if the rest is bad.
    pub(super) serial: Option<(Serial, Value<'a>)>,
    /// The system, if no value is bad; a field that is there twice is a problem all the same.
    pub(super) system: Option<System>,
    /// The state that was taken for another one, with the sentence that says so.
    pub(super) note: Option<(Value<'a>, String)>,
    /// All that is wrong.
    pub(super) problems: Vec<Problem<'a>>,
}

/// The value is bad, and the problem is among the item's.
#[derive(Debug, Clone, Copy)]
struct Reported;

/// An item while it becomes a system.
struct Item<'a> {
    raw: &'a str,
    problems: Vec<Problem<'a>>,
}

/// Reads one system of the list.
pub(super) fn read(raw: &str) -> Outcome<'_> {
    let mut item = Item { raw, problems: Vec::new() };
    let mut outcome =
        item.read().unwrap_or(Outcome { serial: None, system: None, note: None, problems: Vec::new() });
    outcome.problems = item.problems;
    outcome
}

impl<'a> Item<'a> {
    fn read(&mut self) -> Result<Outcome<'a>, Reported> {
        let system = self.object(Value { raw: self.raw, prefix: "", name: "" }, SYSTEM)?;
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
        ] = system;
        let gateway = gateway.map_or(Ok([None; 2]), |gateway| self.object(gateway, GATEWAY));
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

        let known = serial.as_ref().ok().cloned();
        let note = state.as_ref().ok().and_then(|(_, note)| note.clone());
        let system = || -> Result<System, Reported> {
            Ok(System {
                serial: serial?.0,
                model: model?,
                state: state?.0,
                last_communication: last_communication?,
                support_end: support_end?,
                warranty_end: warranty_end?,
            })
        };
        Ok(Outcome { serial: known, system: system().ok(), note, problems: Vec::new() })
    }

    /// The wanted fields of an object.
    fn object<const N: usize>(
        &mut self,
        value: Value<'a>,
        wanted: Wanted<N>,
    ) -> Result<[Option<Value<'a>>; N], Reported> {
        if Kind::of(value.raw) != Kind::Object {
            return self.reported(value, Err(wrong_type(value.raw, "an object")));
        }
        // The document was read before, so that only an escape in a name can be wrong now.
        let fields: Fields<'a, N> = self.reported(
            value,
            wanted.read(value.raw).map_err(|_| {
                let rest = "has a name with an escape that stands for no character; correct it";
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
        Ok(fields.values)
    }

    /// The dates in `data`, which may be anything else as well.
    fn data(&mut self, data: Option<Value<'a>>) -> [Option<Value<'a>>; 5] {
        match data {
            Some(data) if Kind::of(data.raw) == Kind::Object => self.object(data, DATA).unwrap_or([None; 5]),
            _ => [None; 5],
        }
    }

    fn serial(&mut self, places: [Option<Value<'a>>; 2]) -> Result<(Serial, Value<'a>), Reported> {
        let Some((text, place)) = self.first_text(places)? else {
            let missing = Value { raw: self.raw, prefix: "gateway.", name: "serialNumber" };
            return self.missing(missing, value::serial("").map(|serial| (serial, missing)));
        };
        Ok((self.reported(place, value::serial(&text))?, place))
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
    ) -> Result<(SystemState, Option<(Value<'a>, String)>), Reported> {
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
