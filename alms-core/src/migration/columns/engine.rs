/// How a fleet is planned; the answers are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Engine {
    /// On this thread, with the best instructions that the processor has.
    #[default]
    Best,
    /// On this thread, with the instructions that the program was compiled for: for measuring, and for doubts.
    Portable,
    /// On the threads of the current rayon pool, with the best instructions.
    #[cfg(feature = "rayon")]
    Parallel,
}
