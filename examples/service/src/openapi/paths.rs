//! Every path and method, with what goes in and what comes out.

use super::components::STORED;
use super::examples;
use serde_json::{Map, Value, json};

/// A path with a method.
struct Endpoint {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    /// The component that the body holds.
    body: Option<&'static str>,
    /// The statuses of success, and the component that the answer holds.
    answers: (&'static [u16], &'static str),
    /// The statuses of failure beside those that every path has.
    errors: &'static [u16],
}

/// What any request may be answered with.
const ERRORS: [u16; 3] = [400, 500, 503];
/// What any request may be answered with that is not open to all.
const CALLER_ERRORS: [u16; 2] = [401, 403];
/// What any request with a body may be answered with.
const BODY_ERRORS: [u16; 3] = [408, 413, 415];

const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "post",
        path: "/accounts",
        summary: "Creates an account. The same document again changes nothing.",
        body: Some("AccountInput"),
        answers: (&[200, 201], "AccountState"),
        errors: &[409, 422],
    },
    Endpoint {
        method: "get",
        path: "/accounts/{uid}",
        summary: "The account with its stock and its subscriptions.",
        body: None,
        answers: (&[200], "AccountState"),
        errors: &[404],
    },
    Endpoint {
        method: "put",
        path: "/accounts/{uid}/systems",
        summary: "Reports the systems as they are now, if the account still has the version that is named.",
        body: Some("SystemsChange"),
        answers: (&[200], "AccountState"),
        errors: &[404, 409, 422],
    },
    Endpoint {
        method: "post",
        path: "/accounts/{uid}/plans",
        summary: "Plans the migration of the account as it is now, and keeps the plan.",
        body: Some("PlanRequest"),
        answers: (&[200, 201], "Plan"),
        errors: &[404, 409, 422],
    },
    Endpoint {
        method: "post",
        path: "/bookings",
        summary: "Books, once: a repetition is answered with the first result.",
        body: Some("BookingInput"),
        answers: (&[200, 201], "Preview"),
        errors: &[409, 422],
    },
    Endpoint {
        method: "post",
        path: "/bookings/preview",
        summary: "What the booking would do, by the same computation; nothing is booked.",
        body: Some("BookingInput"),
        answers: (&[200], "Preview"),
        errors: &[409, 422],
    },
    Endpoint {
        method: "get",
        path: "/bookings/{key}",
        summary: "The booking with this key, and its first result.",
        body: None,
        answers: (&[200], "StoredBooking"),
        errors: &[404],
    },
    Endpoint {
        method: "get",
        path: "/plans/{fingerprint}",
        summary: "The plan, the consent to it, and whether it was applied.",
        body: None,
        answers: (&[200], "PlanState"),
        errors: &[404],
    },
    Endpoint {
        method: "put",
        path: "/plans/{fingerprint}/consent",
        summary: "Agrees to the plan, which can be applied as things stand.",
        body: Some("Consent"),
        answers: (&[200], "PlanState"),
        errors: &[404, 409, 422],
    },
    Endpoint {
        method: "post",
        path: "/plans/{fingerprint}/apply",
        summary: "Carries the plan out, once, if the account has not changed since. A repetition gives the first result.",
        body: None,
        answers: (&[200, 201], "Applied"),
        errors: &[404, 409, 422],
    },
    Endpoint {
        method: "get",
        path: "/resellers/{uid}/customers",
        summary: "The Customers page: the accounts whose partner the reseller is, and when they are up for renewal.",
        body: None,
        answers: (&[200], "CustomersPage"),
        errors: &[404],
    },
    Endpoint {
        method: "get",
        path: "/health",
        summary: "Whether the service can reach its database, and how much is in it.",
        body: None,
        answers: (&[200], "Health"),
        errors: &[],
    },
];

/// The paths of the description.
pub(super) fn all() -> Value {
    let mut paths = Map::new();
    for endpoint in ENDPOINTS {
        let methods = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = methods {
            methods.insert(endpoint.method.to_owned(), endpoint.described());
        }
    }
    Value::Object(paths)
}

impl Endpoint {
    fn described(&self) -> Value {
        let mut described = json!({
            "summary": self.summary,
            "operationId": self.operation_id(),
            "parameters": self.parameters(),
            "responses": self.responses(),
        });
        if let (Some(name), Value::Object(fields)) = (self.body, &mut described) {
            fields.insert("requestBody".to_owned(), json!({"required": true, "content": body(name)}));
        }
        described
    }

    /// Such as `post_bookings_preview`.
    fn operation_id(&self) -> String {
        let words = self.path.split('/').filter(|word| !word.is_empty());
        let words = words.map(|word| word.trim_matches(['{', '}']));
        [self.method].into_iter().chain(words).collect::<Vec<_>>().join("_")
    }

    fn parameters(&self) -> Vec<Value> {
        let in_path = self.path.split('/').filter_map(|word| word.strip_prefix('{')?.strip_suffix('}'));
        let schema = json!({"type": "string", "minLength": 1, "pattern": STORED});
        let in_path = in_path.map(|name| {
            let example = examples::in_path(self.path, name);
            json!({"name": name, "in": "path", "required": true, "schema": schema, "example": example})
        });
        let in_query = if self.path.ends_with("/customers") { in_query() } else { Vec::new() };
        in_path.chain(in_query).collect()
    }

    fn responses(&self) -> Value {
        let (statuses, component) = self.answers;
        let mut responses = Map::new();
        for status in statuses {
            let described = if *status == 201 { "It came into being." } else { "It is so." };
            let answer =
                json!({"description": described, "content": content(component), "links": links(component)});
            responses.insert(status.to_string(), answer);
        }
        let of_body = if self.body.is_some() { BODY_ERRORS.as_slice() } else { &[] };
        let of_caller = if self.path == "/health" { &[] } else { CALLER_ERRORS.as_slice() };
        for status in ERRORS.iter().chain(of_caller).chain(of_body).chain(self.errors) {
            let described = json!({"description": meaning(*status), "content": content("Error")});
            responses.insert(status.to_string(), described);
        }
        Value::Object(responses)
    }
}

/// What a client can ask for next: the operation, the parameter in its path, and where the answer has it.
const LINKS: &[(&str, &str, &str, &str)] = &[
    ("AccountState", "get_accounts_uid", "uid", "/account/uid"),
    ("AccountState", "put_accounts_uid_systems", "uid", "/account/uid"),
    ("AccountState", "post_accounts_uid_plans", "uid", "/account/uid"),
    ("AccountState", "get_resellers_uid_customers", "uid", "/account/uid"),
    ("Plan", "get_plans_fingerprint", "fingerprint", "/fingerprint"),
    ("Plan", "put_plans_fingerprint_consent", "fingerprint", "/fingerprint"),
    ("PlanState", "post_plans_fingerprint_apply", "fingerprint", "/plan/fingerprint"),
    ("Preview", "get_bookings_key", "key", "/result/key"),
];

fn links(component: &str) -> Value {
    let of_component = LINKS.iter().filter(|(from, ..)| *from == component);
    let links = of_component.map(|(_, operation, parameter, pointer)| {
        let parameters = json!({*parameter: format!("$response.body#{pointer}")});
        ((*operation).to_owned(), json!({"operationId": operation, "parameters": parameters}))
    });
    Value::Object(links.collect())
}

fn content(component: &str) -> Value {
    json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{component}")}}})
}

/// The content of a body, with examples.
fn body(component: &str) -> Value {
    let examples = examples::of_body(component).into_iter();
    let examples: Map<String, Value> =
        examples.map(|(name, value)| (name.to_owned(), json!({"value": value}))).collect();
    let mut content = content(component);
    if let Some(Value::Object(media)) = content.get_mut("application/json") {
        media.insert("examples".to_owned(), examples.into());
    }
    content
}

/// A parameter after the question mark.
fn parameter(name: &str, required: bool, schema: &Value, example: &Value) -> Value {
    json!({"name": name, "in": "query", "required": required, "schema": schema, "example": example})
}

/// The parameters of the Customers page, by the schemas of the library's document.
fn in_query() -> Vec<Value> {
    let schema = |definition, field| super::of_field("reseller.customers", definition, field).to_value();
    vec![
        parameter("on", true, &schema(None, "on"), &"2027-01-15".into()),
        parameter("name", false, &without_null(schema(Some("CustomerFilter"), "name")), &"acme".into()),
        parameter("sort", false, &schema(Some("SortKey"), "by"), &"initial_renewal".into()),
        parameter("descending", false, &json!({"type": "boolean"}), &true.into()),
    ]
}

/// The schema of a text that may be null, which no parameter can be.
fn without_null(mut schema: Value) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = "string".into();
    }
    schema
}

const fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The request cannot be read, or holds what is no value of the domain.",
        401 => "It is not known who sends the request.",
        403 => "The caller may not do this.",
        404 => "What the path names is not there.",
        408 => "The body took too long.",
        409 => "It contradicts what is there by now.",
        413 => "The body is too large.",
        415 => "The body is not JSON by its content type.",
        422 => "A rule refuses it, or its values do not go together.",
        503 => "The database does not answer, too many others wait, or time is up; send it again, unchanged.",
        _ => "The service failed.",
    }
}
