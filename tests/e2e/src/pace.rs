//! How fast a page is on this machine, for what is bounded in milliseconds.

use crate::page::{Page, done};

/// Milliseconds that the loop takes on the machine for which the bounds were found.
const USUAL: f64 = 11.0;
/// No machine is taken for slower than this: what a person would wait for there is too long anywhere.
const MOST: f64 = 4.0;

/// The median of some rounds of the same sum, in milliseconds. The page is free between them.
const LOOP: &str = "
    const took = [];
    for (let round = 0; round < 11; round++) {
      const began = performance.now();
      let sum = 1;
      for (let i = 0; i < 10_000_000; i++) sum = (Math.imul(sum, 1_103_515_245) + 12_345) | 0;
      took.push(performance.now() - began + (sum === 0.5 ? 1 : 0));
      await new Promise((go) => setTimeout(go));
    }
    return took.sort((a, b) => a - b)[5];";

/// How many times slower this page computes than usual, now; never less than 1. Bounds grow by it, so that a slow or busy
/// machine is not taken for a slow program.
#[track_caller]
pub fn slowness(page: &Page) -> f64 {
    let took = done(page.session.script_async(LOOP, &[]));
    (took.as_f64().unwrap_or_default() / USUAL).clamp(1.0, MOST)
}
