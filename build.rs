//! Takes Apache ECharts, the script that draws the charts of pages, from the source of the crate `charming` that cargo
//! has unpacked, and packs it. Nothing is fetched, and no copy is kept in the repository.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "cli")]
    if let Err(message) = script::take() {
        println!("cargo::error={message}");
    }
}

#[cfg(feature = "cli")]
#[path = "src/report/page/pack.rs"]
mod pack;

#[cfg(feature = "cli")]
mod script {
    use super::pack::pack;
    use sha2::{Digest as _, Sha256};
    use std::env;
    use std::fs;
    use std::panic;
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, Mutex};

    /// The path of the script in the source of charming.
    const SCRIPT: &str = "src/asset/echarts-5.5.1.min.js";
    const CHARMING: &str = "charming-0.6.0";
    const SHA256: &str = "e84270bd0cd5bdf60fefc26d00c2a391cb2e81f4d26a7a9ee16185a54773a3cf";
    /// The variable that names a file to take instead, for builds that hide source paths.
    const VARIABLE: &str = "EXEUNT_ECHARTS";

    /// Finds the script, checks its digest, and writes it in packed form to the output folder of the build.
    pub fn take() -> Result<(), String> {
        println!("cargo::rerun-if-env-changed={VARIABLE}");
        println!("cargo::rerun-if-changed=src/report/page/pack.rs");
        let places = places();
        let Some((path, bytes)) = places
            .iter()
            .find_map(|path| Some((path, fs::read(path).ok()?)))
        else {
            let looked: Vec<String> = places
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            return Err(format!(
                "Apache ECharts 5.5.1 was not found in the source of the crate {CHARMING}; it was expected as {}. \
                 Set {VARIABLE} to the path of that file, or build with --no-default-features",
                looked.join(" or ")
            ));
        };
        let found: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if found != SHA256 {
            return Err(format!(
                "{} is not Apache ECharts 5.5.1 as the crate {CHARMING} has it: its SHA-256 is {found}, and {SHA256} \
                 was expected",
                path.display()
            ));
        }
        let out = env::var_os("OUT_DIR").ok_or("cargo named no OUT_DIR")?;
        let text = pack(&bytes).map_err(|error| error.to_string())?;
        fs::write(Path::new(&out).join("echarts.txt"), text).map_err(|error| error.to_string())
    }

    /// The paths at which the script may be, the most reliable first.
    fn places() -> Vec<PathBuf> {
        if let Some(path) = env::var_os(VARIABLE) {
            return vec![path.into()];
        }
        let mut folders: Vec<PathBuf> = compiled_from().into_iter().collect();
        folders.extend(unpacked());
        folders.iter().map(|folder| folder.join(SCRIPT)).collect()
    }

    /// The folder that charming was compiled from, as the compiler has written it into charming itself: wherever it
    /// came from (a registry, a mirror, a vendored copy), the location of a panic names it. Cargo has no other way to
    /// tell where a dependency is.
    fn compiled_from() -> Option<PathBuf> {
        let place = Arc::new(Mutex::new(None));
        let noted = Arc::clone(&place);
        panic::set_hook(Box::new(move |panic| {
            if let (Some(location), Ok(mut noted)) = (panic.location(), noted.lock()) {
                *noted = Some(PathBuf::from(location.file()));
            }
        }));
        // This name makes it panic.
        let refused = panic::catch_unwind(|| charming::datatype::DimensionType::from(""));
        let _ = panic::take_hook();
        let file = place.lock().ok()?.take();
        refused.is_err().then_some(())?;
        // Goes up from src/datatype/dimension.rs to the folder of the crate.
        Some(file?.ancestors().nth(3)?.to_owned())
    }

    /// The folders into which cargo unpacks crates from a registry, for builds that hide source paths.
    fn unpacked() -> Vec<PathBuf> {
        let home = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
        let sources = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
        let registries = sources.into_iter().flatten().flatten();
        registries
            .map(|registry| registry.path().join(CHARMING))
            .collect()
    }
}
