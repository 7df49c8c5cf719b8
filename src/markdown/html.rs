//! The tree as HTML, for evaluation on the host only: the page builds DOM nodes.
