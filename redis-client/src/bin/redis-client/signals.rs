//! SIGTERM and SIGINT: the first is news, the second the end. SIGXFSZ is the answer of a write instead of the end.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::exit::{Exit, Failure};

/// A file would grow beyond what the process may write (`ulimit -f`). The number is the same on all systems but those on MIPS.
const SIGXFSZ: i32 = 25;

/// The first signal, for whoever asks.
#[derive(Debug, Clone)]
pub(crate) struct Signals {
    first: watch::Receiver<Option<Exit>>,
}

impl Signals {
    /// Listens from now on. The second signal ends the process at once, whatever it is doing.
    pub(crate) fn listen() -> Result<Self, Failure> {
        let failed = |error| Failure::of(Exit::FAILED, format!("cannot listen to signals: {error}"));
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        // Somebody who listens is enough: the write then fails as on a full disk, and every line has its receipt.
        let mut too_large = signal(SignalKind::from_raw(SIGXFSZ)).map_err(failed)?;
        tokio::spawn(async move { while too_large.recv().await.is_some() {} });
        let (sender, first) = watch::channel(None);
        tokio::spawn(async move {
            // Bound: two signals.
            loop {
                let exit = tokio::select! {
                    _ = terminate.recv() => Exit::signal(15),
                    _ = interrupt.recv() => Exit::signal(2),
                };
                if sender.borrow().is_some() {
                    std::process::exit(exit.code());
                }
                sender.send_replace(Some(exit));
            }
        });
        Ok(Self { first })
    }

    /// Waits for the first signal, also when it has come already, and says how to end.
    pub(crate) async fn first(&mut self) -> Exit {
        let exit = self
            .first
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|exit| *exit);
        match exit {
            Some(exit) => exit,
            // The task above ends with the process only.
            None => std::future::pending().await,
        }
    }

    /// Ends the process that long after the first signal, if it has not ended by then: its reader may have stopped reading, and
    /// a write to a full pipe waits for ever. What was accepted is then as safe as under any other kill.
    pub(crate) fn bound(&self, patience: Duration) {
        let mut signals = self.clone();
        tokio::spawn(async move {
            let exit = signals.first().await;
            tokio::time::sleep(patience).await;
            std::process::exit(exit.code());
        });
    }

    /// A command that may simply be dropped when a signal comes.
    pub(crate) async fn or(
        mut self,
        command: impl Future<Output = Result<Exit, Failure>>,
    ) -> Result<Exit, Failure> {
        tokio::select! {
            ended = command => ended,
            exit = self.first() => Ok(exit),
        }
    }
}
