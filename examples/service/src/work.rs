//! Work that takes long, beside the threads that answer.

use crate::deadline::Deadline;
use crate::problem::Problem;
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// What is made of a document of at most this size is made at once: it takes less than a millisecond.
const SMALL_BYTES: usize = 32 * 1024;

/// As many long pieces of work are done at once: one for each processor.
static ROOM: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Arc::new(Semaphore::new(processors))
});

/// Does the work on a thread of its own, so that other requests are answered meanwhile.
pub(crate) async fn heavy<T: Send + 'static>(
    deadline: Deadline,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let place = deadline.wait_for(Arc::clone(&ROOM).acquire_owned()).await?;
    let done = tokio::task::spawn_blocking(move || {
        // It is given back when the work ends, also if nobody waits for it any more.
        let _place = place;
        work()
    });
    done.await.unwrap_or_else(|error| {
        tracing::error!(%error, "work ended early");
        Err(Problem::internal())
    })
}

/// The same where `bytes` are many; what is small is done at once.
pub(crate) async fn by_size<T: Send + 'static>(
    bytes: usize,
    deadline: Deadline,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    if bytes <= SMALL_BYTES { work() } else { heavy(deadline, work).await }
}
