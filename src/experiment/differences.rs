//! How the plan of unfinished work differs from the one given now, in words.

/// The differences found so far.
#[derive(Debug, Default)]
pub(super) struct Differences(Vec<String>);

impl Differences {
    /// Starts with the versions of the program and of the stream of draws.
    pub(super) fn of_programs(there: (&str, u32), here: (&str, u32)) -> Self {
        let mut found = Self::default();
        found.of("version of exeunt", there.0, here.0);
        found.of("version of the stream of draws", there.1, here.1);
        found
    }

    /// Compares one value that both plans have.
    pub(super) fn of<T: ToString>(&mut self, what: &str, there: T, here: T) {
        let (there, here) = (there.to_string(), here.to_string());
        if there != here {
            self.0.push(format!("{what}: {there} there, {here} now"));
        }
    }

    /// Compares one list that both plans have.
    pub(super) fn of_list<'a>(
        &mut self,
        what: &str,
        there: impl Iterator<Item = &'a str>,
        here: impl Iterator<Item = &'a str>,
    ) {
        let [there, here] = [there.collect::<Vec<_>>(), here.collect()].map(|list| list.join(", "));
        self.of(what, there, here);
    }

    /// Notes a difference for which quoting both plans would tell nothing.
    pub(super) fn note(&mut self, differs: bool, what: impl Into<String>) {
        if differs {
            self.0.push(what.into());
        }
    }

    /// All differences; `rest` alone if the plans differ only in what was not compared.
    pub(super) fn or(self, differ: bool, rest: &str) -> Vec<String> {
        match self.0.is_empty() && differ {
            true => vec![rest.to_owned()],
            false => self.0,
        }
    }
}
