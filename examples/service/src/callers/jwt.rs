//! Callers by signed tokens (JSON Web Tokens), as an identity provider issues them.

use super::{Caller, Callers, Unidentified};
use anyhow::{Context as _, Result};
use axum::http::header;
use axum::http::request::Parts;
use jsonwebtoken::{DecodingKey, Validation, decode};
use serde::Deserialize;

/// How tokens are signed; a token that is signed otherwise, or not at all, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Algorithm {
    /// ECDSA with P-256.
    Es256,
    /// Ed25519.
    Eddsa,
    /// RSA.
    Rs256,
}

/// What a token has to say beside who the caller is.
#[derive(Debug, Clone)]
pub struct TokenSettings {
    /// How it is signed.
    pub algorithm: Algorithm,
    /// Who issued it.
    pub issuer: String,
    /// Whom it is for.
    pub audience: String,
}

/// Tokens in `Authorization: Bearer …`, with the claims `iss`, `aud`, `exp`, `sub`, `role`, and:
///
/// * `account` for the role `partner`: the UID of the partner's account;
/// * `email` for the role `administrator`; one that `email_verified` denies is refused.
#[derive(Debug)]
pub struct BearerTokens {
    key: DecodingKey,
    validation: Validation,
}

/// The claims of a token that say who the caller is.
#[derive(Debug, Deserialize)]
struct Claims {
    sub: String,
    role: String,
    account: Option<String>,
    email: Option<String>,
    #[serde(default = "yes")]
    email_verified: bool,
}

const fn yes() -> bool {
    true
}

impl BearerTokens {
    /// Tokens that this public key (PEM) proves.
    ///
    /// # Errors
    /// It is not a key of the algorithm.
    pub fn from_pem(pem: &[u8], settings: &TokenSettings) -> Result<Self> {
        use jsonwebtoken::Algorithm as Signed;
        let (key, algorithm) = match settings.algorithm {
            Algorithm::Es256 => (DecodingKey::from_ec_pem(pem), Signed::ES256),
            Algorithm::Eddsa => (DecodingKey::from_ed_pem(pem), Signed::EdDSA),
            Algorithm::Rs256 => (DecodingKey::from_rsa_pem(pem), Signed::RS256),
        };
        let mut validation = Validation::new(algorithm);
        validation.validate_nbf = true;
        validation.set_issuer(&[&settings.issuer]);
        validation.set_audience(&[&settings.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        Ok(Self { key: key.context("the key cannot be read")?, validation })
    }
}

impl Callers for BearerTokens {
    fn identify(&self, head: &Parts) -> Result<Caller, Unidentified> {
        let mut values = head.headers.get_all(header::AUTHORIZATION).iter();
        let (Some(value), None) = (values.next(), values.next()) else {
            return Err(Unidentified::new(
                "the request needs one header `authorization`; send a bearer token",
            ));
        };
        let token = value.to_str().ok().and_then(|text| text.split_once(' '));
        let Some((_, token)) = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
            return Err(Unidentified::new("the header `authorization` is not a bearer token; send one"));
        };
        let claims = decode::<Claims>(token.trim(), &self.key, &self.validation).map_err(|error| {
            Unidentified::new(format!("the token is not accepted ({error}); sign in again"))
        })?;
        claims.claims.caller()
    }
}

impl Claims {
    fn caller(self) -> Result<Caller, Unidentified> {
        let missing = |claim: &str| {
            Unidentified::new(format!("the token has no claim `{claim}`; let its issuer add it"))
        };
        match self.role.as_str() {
            "partner" => {
                let account = self.account.ok_or_else(|| missing("account"))?;
                Ok(Caller::try_from_names("partner", &account)?.with_user(self.sub))
            }
            "administrator" => {
                let email = self.email.filter(|_| self.email_verified);
                Caller::try_from_names("administrator", &email.ok_or_else(|| missing("email"))?)
            }
            role => Caller::try_from_names(role, &self.sub),
        }
    }
}
