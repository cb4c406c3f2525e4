//! Callers by signed tokens.
#![cfg(feature = "jwt")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

use alms_service::callers::{Algorithm, BearerTokens, Callers as _, TokenSettings};
use axum::http::Request;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{EncodingKey, Header, encode, get_current_timestamp};
use serde_json::{Value, json};

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A key pair that is made for this test: the private key, and the public one as PEM.
fn keys(seed: u8) -> (EncodingKey, String) {
    let mut private = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    private.extend([seed; 32]);
    let private = EncodingKey::from_ed_der(&private);
    let AlgorithmParameters::OctetKeyPair(public) =
        Jwk::from_encoding_key(&private, jsonwebtoken::Algorithm::EdDSA).unwrap().algorithm
    else {
        panic!("it is an octet key pair");
    };
    let mut bytes = vec![0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
    bytes.extend(decoded(&public.x));
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", encoded(&bytes));
    (private, pem)
}

fn decoded(text: &str) -> Vec<u8> {
    let digit = |byte| match byte {
        b'-' => 62,
        b'_' => 63,
        _ => BASE64.iter().position(|digit| *digit == byte).unwrap(),
    };
    let (mut bits, mut length, mut bytes) = (0_usize, 0, Vec::new());
    for byte in text.bytes() {
        (bits, length) = (bits << 6 | digit(byte), length + 6);
        if length >= 8 {
            length -= 8;
            bytes.push(u8::try_from(bits >> length & 0xFF).unwrap());
        }
    }
    bytes
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = BASE64[bits >> (18 - 6 * place) & 0x3F];
            text.push(if place > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

fn identified(tokens: &BearerTokens, authorization: &str) -> String {
    let head = Request::builder().header("authorization", authorization).body(()).unwrap().into_parts().0;
    match tokens.identify(&head) {
        Ok(caller) => caller.to_string(),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn only_what_is_signed_for_this_service_counts() {
    let (private, pem) = keys(7);
    let settings = TokenSettings {
        algorithm: Algorithm::Eddsa,
        issuer: "https://id.example".to_owned(),
        audience: "alms".to_owned(),
    };
    let tokens = BearerTokens::from_pem(pem.as_bytes(), &settings).unwrap();
    let now = get_current_timestamp();
    let signed = |key: &EncodingKey, algorithm, change: Value| {
        let mut claims = json!({"iss": "https://id.example", "aud": "alms", "exp": now + 600, "sub": "jo"});
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        format!("Bearer {}", encode(&Header::new(algorithm), &claims, key).unwrap())
    };
    let by = |change: Value| identified(&tokens, &signed(&private, jsonwebtoken::Algorithm::EdDSA, change));
    for (claims, caller) in [
        (json!({"role": "vendor"}), "vendor jo"),
        (json!({"role": "support"}), "support jo"),
        (json!({"role": "partner", "account": "p1"}), "partner p1 (jo)"),
        (json!({"role": "administrator", "email": "ann@c1.example"}), "administrator ann@c1.example"),
        (json!({"role": "vendor", "aud": ["other", "alms"]}), "vendor jo"),
    ] {
        assert_eq!(by(claims), caller);
    }
    for claims in [
        json!({}),
        json!({"role": "boss"}),
        json!({"role": "partner"}),
        json!({"role": "administrator"}),
        json!({"role": "administrator", "email": "ann@c1.example", "email_verified": false}),
        json!({"role": "vendor", "iss": "https://other.example"}),
        json!({"role": "vendor", "iss": null}),
        json!({"role": "vendor", "aud": "other"}),
        json!({"role": "vendor", "aud": null}),
        json!({"role": "vendor", "exp": now - 600}),
        json!({"role": "vendor", "exp": null}),
        json!({"role": "vendor", "nbf": now + 600}),
        json!({"role": "vendor", "sub": null}),
    ] {
        let said = by(claims.clone());
        assert!(said.starts_with("error: "), "{claims}: {said}");
    }
    // Another key; the public key as a secret; no signature; a signature that is changed; no token at all.
    let vendor = || json!({"role": "vendor"});
    let good = signed(&private, jsonwebtoken::Algorithm::EdDSA, vendor());
    let of_other = signed(&keys(8).0, jsonwebtoken::Algorithm::EdDSA, vendor());
    let secret = EncodingKey::from_secret(pem.as_bytes());
    let by_secret = secret.map(|key| signed(&key, jsonwebtoken::Algorithm::HS256, vendor()));
    let unsigned = good.rsplit_once('.').map(|(text, _)| format!("{text}.")).unwrap();
    let head = encoded(br#"{"alg":"none","typ":"JWT"}"#).replace('=', "");
    let none = format!("Bearer {head}.{}.", good.split('.').nth(1).unwrap());
    let mut changed = good.clone().into_bytes();
    let last = changed.len() - 10;
    changed[last] = if changed[last] == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8(changed).unwrap();
    let others = [of_other, unsigned, none, changed, "Bearer".to_owned(), "Basic am86am8=".to_owned()];
    for wrong in others.into_iter().chain(by_secret) {
        assert!(identified(&tokens, &wrong).starts_with("error: "), "{wrong}");
    }
    assert_eq!(identified(&tokens, &good.replace("Bearer", "bearer")), "vendor jo");
    let none = Request::builder().body(()).unwrap().into_parts().0;
    assert!(tokens.identify(&none).is_err());
}

#[test]
fn a_key_is_of_its_algorithm() {
    let (_, pem) = keys(7);
    for (algorithm, is_one) in
        [(Algorithm::Eddsa, true), (Algorithm::Es256, false), (Algorithm::Rs256, false)]
    {
        let settings = TokenSettings { algorithm, issuer: "i".to_owned(), audience: "a".to_owned() };
        assert_eq!(BearerTokens::from_pem(pem.as_bytes(), &settings).is_ok(), is_one, "{algorithm:?}");
    }
}
