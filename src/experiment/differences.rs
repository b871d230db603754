//! In what the plan of unfinished work differs from the one that is given now, in words.

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Differences(Vec<String>);

impl Differences {
    /// Begins with the versions of program and stream of draws.
    pub(super) fn of_programs(there: (&str, u32), here: (&str, u32)) -> Self {
        let mut found = Self::default();
        found.of("version of exeunt", there.0, here.0);
        found.of("version of the stream of draws", there.1, here.1);
        found
    }

    /// One thing that both plans say.
    pub(super) fn of<T: ToString>(&mut self, what: &str, there: T, here: T) {
        let (there, here) = (there.to_string(), here.to_string());
        if there != here {
            self.0.push(format!("{what}: {there} there, {here} now"));
        }
    }

    /// A list that both plans have.
    pub(super) fn of_list<'a>(
        &mut self,
        what: &str,
        there: impl Iterator<Item = &'a str>,
        here: impl Iterator<Item = &'a str>,
    ) {
        let [there, here] = [there.collect::<Vec<_>>(), here.collect()].map(|list| list.join(", "));
        self.of(what, there, here);
    }

    /// Something of which it would say nothing to give both, if it differs.
    pub(super) fn note(&mut self, differs: bool, what: impl Into<String>) {
        if differs {
            self.0.push(what.into());
        }
    }

    /// All of them; `rest` if the plans differ in nothing that was asked for.
    pub(super) fn or(self, differ: bool, rest: &str) -> Vec<String> {
        match self.0.is_empty() && differ {
            true => vec![rest.to_owned()],
            false => self.0,
        }
    }
}
