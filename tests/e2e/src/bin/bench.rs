//! Measures the release build beside a floor page; `cargo xtask bench` prepares everything and runs it.

fn main() -> std::process::ExitCode {
    e2e::bench::main()
}
