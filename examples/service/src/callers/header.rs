//! Callers by a header that a proxy sets.

use super::{Caller, Callers, Peer, Unidentified};
use axum::http::HeaderName;
use axum::http::request::Parts;
use std::net::IpAddr;

/// A proxy has signed the caller in and says who it is: `partner p1`, `administrator ann@acme.example`, `vendor jo`.
///
/// Only the proxies' own addresses are believed, and only one header: a proxy has to replace what its clients send
/// under this name.
#[derive(Debug, Clone)]
pub struct CallerHeader {
    name: HeaderName,
    proxies: Vec<IpAddr>,
}

impl CallerHeader {
    /// The header of this name, from proxies at these addresses.
    pub const fn new(name: HeaderName, proxies: Vec<IpAddr>) -> Self {
        Self { name, proxies }
    }
}

impl Callers for CallerHeader {
    fn identify(&self, head: &Parts) -> Result<Caller, Unidentified> {
        let from_proxy = head.extensions.get::<Peer>().is_some_and(|peer| {
            self.proxies.iter().any(|proxy| proxy.to_canonical() == peer.0.to_canonical())
        });
        if !from_proxy {
            return Err(Unidentified::new("the request does not come from a proxy; send it to the proxy"));
        }
        let mut values = head.headers.get_all(&self.name).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            let message = format!("the request needs one header `{}`; let the proxy set it", self.name);
            return Err(Unidentified::new(message));
        };
        let text = std::str::from_utf8(value.as_bytes()).unwrap_or_default();
        let Some((role, who)) = text.split_once(' ') else {
            let message = format!("the header `{}` names nobody; write a role and a name", self.name);
            return Err(Unidentified::new(message));
        };
        Caller::try_from_names(role, who.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn identified(peer: &str, values: &[&[u8]]) -> String {
        let mut request = Request::builder().extension(Peer(peer.parse().unwrap()));
        for value in values {
            request = request.header("x-caller", *value);
        }
        let head = request.body(()).unwrap().into_parts().0;
        let proxies = vec!["127.0.0.1".parse().unwrap()];
        match CallerHeader::new(HeaderName::from_static("x-caller"), proxies).identify(&head) {
            Ok(caller) => caller.to_string(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn one_header_from_the_proxy() {
        let of_one = |peer: &str, value: &[u8]| identified(peer, &[value]);
        assert_eq!(of_one("127.0.0.1", b"partner p1"), "partner p1");
        assert_eq!(of_one("::ffff:127.0.0.1", b"partner p1"), "partner p1");
        assert_eq!(of_one("127.0.0.1", "vendor J\u{e4}ger".as_bytes()), "vendor J\u{e4}ger");
        let values: [&[u8]; 5] = [b"partner", b"partner ", b"partner \xff", b"Partner p1", b""];
        for value in values {
            assert!(of_one("127.0.0.1", value).starts_with("error: "), "{value:?}");
        }
        assert!(of_one("127.0.0.2", b"partner p1").starts_with("error: "), "it is not the proxy");
        assert!(identified("127.0.0.1", &[]).starts_with("error: "));
        assert!(identified("127.0.0.1", &[b"partner p1", b"vendor jo"]).starts_with("error: "));
    }
}
