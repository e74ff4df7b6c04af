//! A gate in front of a server: open, it passes everything on; shut, nobody gets through.
//!
//! **Fault model.** Shutting breaks every connection at once, with whatever is on its way, and lets new ones be
//! accepted and closed: an outage of the network, while the server runs on and whoever is connected to it directly goes
//! on hearing it. That makes it the way to count what reached a server during an outage: a server that is killed takes
//! with it what it had not yet passed on to its subscribers.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// See the head of the file. Ends with the value.
#[derive(Debug)]
pub struct Gate {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    is_open: bool,
    is_over: bool,
    swallows: Arc<AtomicBool>,
    // Bound: the connections of one test.
    passing: Vec<TcpStream>,
}

impl Gate {
    /// A gate on a free loopback port, open, to the server on port `to`.
    ///
    /// # Panics
    ///
    /// When there is no free port.
    #[must_use]
    #[track_caller]
    pub fn to(to: u16) -> Self {
        let state = Arc::new(Mutex::new(State {
            is_open: true,
            ..State::default()
        }));
        match listen(to, Arc::clone(&state)) {
            Ok(port) => Self { port, state },
            Err(error) => panic!("cannot make a gate: {error}"),
        }
    }

    /// Where clients connect to.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Lets new connections through.
    pub fn open(&self) {
        lock(&self.state).is_open = true;
    }

    /// Swallows what the server says on the connections there are, until they are broken.
    pub fn swallow_replies(&self) {
        // Ordering: a reply that crosses this call may pass; the caller waits for what tells it which.
        lock(&self.state).swallows.store(true, Ordering::SeqCst);
    }

    /// Breaks all connections and lets no new one through.
    pub fn shut(&self) {
        let mut state = lock(&self.state);
        state.is_open = false;
        // Those to come begin anew.
        state.swallows = Arc::default();
        for stream in state.passing.drain(..) {
            // It may be gone already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.shut();
        lock(&self.state).is_over = true;
        // Wakes the listener, which then ends.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn listen(to: u16, state: Arc<Mutex<State>>) -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let mut state = lock(&state);
            if state.is_over {
                return;
            }
            if state.is_open
                && let Ok(streams) = pass(client, to, &state.swallows)
            {
                state.passing.extend(streams);
            }
        }
    });
    Ok(port)
}

/// Passes bytes on in both directions until either side ends.
fn pass(client: TcpStream, to: u16, swallows: &Arc<AtomicBool>) -> io::Result<[TcpStream; 2]> {
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, to))?;
    server.set_nodelay(true)?;
    client.set_nodelay(true)?;
    for (from, into, is_reply) in [(&client, &server, false), (&server, &client, true)] {
        let (mut from, mut into) = (from.try_clone()?, into.try_clone()?);
        let swallows = Arc::clone(swallows);
        thread::spawn(move || {
            let mut bytes = vec![0; 64 << 10];
            while let Ok(count) = from.read(&mut bytes) {
                // Ordering: see `swallow_replies`.
                let is_swallowed = is_reply && swallows.load(Ordering::SeqCst);
                let passed = if is_swallowed { 0 } else { count };
                let whole = bytes.get(..passed).unwrap_or_default();
                if count == 0 || into.write_all(whole).is_err() {
                    break;
                }
            }
            let _ = into.shutdown(Shutdown::Both);
            let _ = from.shutdown(Shutdown::Both);
        });
    }
    Ok([client, server])
}
