//! Invented worlds of any size: `scenarios/bench/ten-destinations.toml` with other numbers.

use std::path::Path;
use toml::{Table, Value};

/// Anything that keeps a curve from being measured, with a message.
pub type Failure = Box<dyn std::error::Error>;

/// The quantities that can grow.
#[derive(Debug, Clone, Copy)]
pub struct World {
    pub persons: u64,
    pub destinations: u64,
    /// Channels in each destination.
    pub channels: u64,
    /// Segments into which the same persons are divided.
    pub segments: u64,
    /// Factor on the hazards of leaving.
    pub hazards: u64,
    /// Ties of each person.
    pub ties: u64,
    /// Percentage of applications that are granted.
    pub grant: u64,
    /// Whether the refused are held and try again.
    pub holds: bool,
    /// Whether all may come, stay for forty days, and then claim asylum.
    pub claims: bool,
    /// Whether each person weighs fees against its own income.
    pub each_weighs: bool,
    pub threads: u64,
}

impl Default for World {
    fn default() -> Self {
        Self {
            persons: 1_000_000,
            destinations: 10,
            channels: 1,
            segments: 1,
            hazards: 1,
            ties: 0,
            grant: 50,
            holds: false,
            claims: false,
            each_weighs: true,
            threads: 1,
        }
    }
}

/// The scenario from which worlds are made.
pub struct Base(Table);

/// Reads the base scenario.
pub fn base() -> Result<Base, Failure> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bench/ten-destinations.toml");
    Ok(Base(std::fs::read_to_string(file)?.parse()?))
}

impl Base {
    /// Returns the text of a world: ten months of it.
    pub fn with(mut self, world: &World) -> Result<String, Failure> {
        let table = &mut self.0;
        table.insert("name".to_owned(), "scaling".into());
        set(
            table,
            &["time", "end"],
            "2025-10-31".parse::<toml::value::Datetime>()?,
        )?;
        let everyone = remove(table, &["segment", "everyone"])?;
        let constants = inner(table, &["constants"]).ok().is_some();
        if constants {
            table.remove("constants");
        }
        for number in 0..world.segments {
            let name = format!("segment-{number}");
            let mut segment = everyone.clone();
            let share =
                world.persons / world.segments + u64::from(number < world.persons % world.segments);
            let members = segment.as_table_mut().ok_or("a segment is a table")?;
            members.insert("size".to_owned(), i64::try_from(share)?.into());
            members.insert("title".to_owned(), format!("Segment {number}").into());
            if world.claims {
                members.insert("minority".to_owned(), "90 %".into());
            }
            inner(table, &["segment"])?.insert(name, segment);
        }
        let countries = inner(table, &["country"])?;
        let mut one = countries.get("XC").ok_or("there is no country XC")?.clone();
        countries.retain(|code, _| code == "XA");
        let place = one.as_table_mut().ok_or("a country is a table")?;
        let permit = remove(place, &["channel", "permit"])?;
        for number in 0..world.channels {
            let mut channel = permit.clone();
            let rules = channel.as_table_mut().ok_or("a channel is a table")?;
            rules.insert("grant".to_owned(), format!("{} %", world.grant).into());
            if world.each_weighs {
                rules.insert(
                    "fee".to_owned(),
                    format!("{} USD", 200 + 50 * number).into(),
                );
            }
            inner(place, &["channel"])?.insert(format!("permit-{number}"), channel);
        }
        if world.claims {
            claims(inner(place, &["channel"])?)?;
        }
        for number in 0..world.destinations {
            let mut country = one.clone();
            let place = country.as_table_mut().ok_or("a country is a table")?;
            let angle = number as f64 / world.destinations as f64 * std::f64::consts::TAU;
            let position = [
                50.0 + 10.0 * libm::sin(angle),
                40.0 + 10.0 * libm::cos(angle),
            ];
            place.insert("name".to_owned(), format!("Country {number}").into());
            place.insert(
                "position".to_owned(),
                position.map(Value::from).to_vec().into(),
            );
            set(place, &["market", "city"], format!("City {number}"))?;
            countries.insert(code(number), country);
        }
        if world.hazards > 1 {
            let hazards = inner(table, &["behaviour", "leaving"])?;
            for name in ["hazard_other", "hazard_planner"] {
                let text = hazards
                    .get(name)
                    .and_then(Value::as_str)
                    .ok_or(name)?
                    .to_owned();
                let (number, unit) = text.split_once(' ').ok_or(name)?;
                let more = number.parse::<f64>()? * world.hazards as f64;
                hazards.insert(name.to_owned(), format!("{more} {unit}").into());
            }
        }
        set(table, &["behaviour", "holding", "on"], world.holds)?;
        if world.claims {
            for (name, cost) in [("irregular", 20), ("home", -20), ("moving", 8)] {
                set(table, &["behaviour", "expiry", name], cost)?;
            }
            set(table, &["behaviour", "asylum", "removal_loss"], 0)?;
        }
        set(table, &["behaviour", "ties", "on"], world.ties > 0)?;
        set(
            table,
            &["behaviour", "ties", "near"],
            i64::try_from(world.ties / 2)?,
        )?;
        set(
            table,
            &["behaviour", "ties", "far"],
            i64::try_from(world.ties / 2)?,
        )?;
        Ok(toml::to_string(table)?)
    }
}

/// Lets all come for a short stay, and adds a channel for claims.
fn claims(channels: &mut Table) -> Result<(), Failure> {
    let short: Table = "permission = false\ngrant = \"100 %\"\nstay = { length = \"40 days\", renew = \"none\" }\n\
                        gives = { status = \"temporary\" }"
        .parse()?;
    for (_, channel) in channels.iter_mut() {
        let channel = channel.as_table_mut().ok_or("a channel is a table")?;
        channel.extend(short.clone());
    }
    let asylum: Table = "requires = [\"presence\"]\ngrounds = [\"minority\"]\ngrant = \"60 %\"\ndecision = \"240 days\"\n\
                         stay = { length = \"3 years\", renew = \"in country\" }\ngives = { status = \"protected\" }"
        .parse()?;
    channels.insert("asylum".to_owned(), asylum.into());
    Ok(())
}

/// The code of a destination, two letters; no country of the base has a code with the same first letter.
fn code(number: u64) -> String {
    let letter = |number: u64| char::from(b'A' + (number % 26) as u8);
    [letter(number / 26), letter(number)].iter().collect()
}

fn inner<'t>(table: &'t mut Table, path: &[&str]) -> Result<&'t mut Table, Failure> {
    let mut here = table;
    for name in path {
        let next = here.get_mut(*name).and_then(Value::as_table_mut);
        here = next.ok_or_else(|| format!("the base has no table {}", path.join(".")))?;
    }
    Ok(here)
}

fn set(table: &mut Table, path: &[&str], value: impl Into<Value>) -> Result<(), Failure> {
    let (name, tables) = path.split_last().ok_or("no name to set")?;
    inner(table, tables)?.insert((*name).to_owned(), value.into());
    Ok(())
}

fn remove(table: &mut Table, path: &[&str]) -> Result<Value, Failure> {
    let (name, tables) = path.split_last().ok_or("no name to remove")?;
    let found = inner(table, tables)?.remove(*name);
    found.ok_or_else(|| format!("the base has no {}", path.join(".")).into())
}
