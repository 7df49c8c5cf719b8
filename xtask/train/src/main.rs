//! Trains the recogniser of preferences and writes the weights that the program carries. Deterministic.

mod data;
mod figures;
mod forge;
mod learn;
mod split;

use data::Example;
use figures::Outcome;
use std::path::{Path, PathBuf};
use viewfinder::intent::model::Model;

const FOLDS: usize = 5;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wants = |name: &str| arguments.iter().any(|argument| argument == name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ours = data::ours(&root.join("data/intent"))?;
    let given = data::given(&root.join("tests/data/memory/intent.jsonl"))?;
    let (ours, given): (Vec<&Example>, Vec<&Example>) =
        (ours.iter().collect(), given.iter().collect());
    count("our lines", &ours);
    count("given lines", &given);
    if wants("--report") || wants("--errors") {
        return report(&ours, &given, wants("--errors"));
    }
    let all: Vec<&Example> = ours.iter().chain(&given).copied().collect();
    let bytes = forge::forge(&all);
    let file: PathBuf = root.join("src/intent/weights.bin");
    std::fs::write(&file, &bytes).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("src/intent/weights.bin: {} bytes", bytes.len());
    Ok(())
}

fn count(name: &str, lines: &[&Example]) {
    let positive = lines.iter().filter(|line| line.class > 0).count();
    let chinese = lines.iter().filter(|line| line.chinese).count();
    println!(
        "{name}: {}, {positive} positive, {chinese} Chinese",
        lines.len()
    );
}

/// Figures on lines that the weights have not seen.
fn report(ours: &[&Example], given: &[&Example], errors: bool) -> Result<(), String> {
    let unlike = split::unlike(ours, given);
    println!(
        "\nTrained on our lines that are like no given line ({}), tried on the given lines:",
        unlike.len()
    );
    let tried = figures::outcomes(&trained(&unlike)?, given);
    print!("{}{}", figures::table(&tried), figures::borders(&tried));
    if errors {
        print!("{}", figures::errors(&tried));
    }
    let all: Vec<&Example> = ours.iter().chain(given).copied().collect();
    let folds = split::folds(&all, FOLDS);
    let mut tried: Vec<Outcome> = Vec::new();
    for fold in 0..FOLDS {
        let side = |inside: bool| -> Vec<&Example> {
            all.iter()
                .zip(&folds)
                .filter(|(_, own)| (**own == fold) == inside)
                .map(|(example, _)| *example)
                .collect()
        };
        tried.extend(figures::outcomes(&trained(&side(false))?, &side(true)));
    }
    let (theirs, own): (Vec<Outcome>, Vec<Outcome>) =
        tried.into_iter().partition(|one| one.example.given);
    println!(
        "\n{FOLDS}-fold cross-validation over all lines, near-duplicates together; the given lines:"
    );
    print!("{}", figures::table(&theirs));
    print!("{}", figures::borders(&theirs));
    println!("and our own lines:");
    print!("{}", figures::table(&own));
    print!("{}", figures::borders(&own));
    if errors {
        print!("{}", figures::errors(&own));
    }
    Ok(())
}

fn trained(lines: &[&Example]) -> Result<Model, String> {
    Model::read(&forge::forge(lines)).ok_or_else(|| "The trained bytes cannot be read.".into())
}
