//! The description: its examples are the truth, and its links lead somewhere.

mod support;

use serde_json::Value;
use support::{Service, sqlite};

/// The examples of the bodies, sent in the order of the story, come to what the README tells.
#[test]
fn the_examples_can_be_sent() {
    let database = sqlite();
    let service = Service::start(&database);
    let description = service.get("/openapi.json").1;
    let example = |path: &str, method: &str, name: &str| {
        let body = &description["paths"][path][method]["requestBody"]["content"]["application/json"];
        body["examples"][name]["value"].clone()
    };
    for name in ["partner", "customer"] {
        assert_eq!(service.post("/accounts", &example("/accounts", "post", name)).0, 201, "{name}");
    }
    let report = example("/accounts/{uid}/systems", "put", "report");
    assert_eq!(service.put("/accounts/c1/systems", &report).0, 200);
    for name in ["transfer", "order", "month_end"] {
        assert_eq!(
            service.post("/bookings/preview", &example("/bookings/preview", "post", name)).0,
            200,
            "{name}"
        );
        assert_eq!(service.post("/bookings", &example("/bookings", "post", name)).0, 201, "{name}");
    }
    // 20 + 24 - 1, 96 - 24 + 120.
    assert_eq!((service.balance("c1"), service.balance("p1")), (43, 192));
    let plan = service.post("/accounts/c1/plans", &example("/accounts/{uid}/plans", "post", "plan")).1;
    let path = format!("/plans/{}", plan["fingerprint"].as_str().unwrap());
    let consent = example("/plans/{fingerprint}/consent", "put", "consent");
    assert_eq!(service.put(&format!("{path}/consent"), &consent).0, 200);
    assert_eq!(service.post(&format!("{path}/apply"), &Value::Null).0, 201);
}

#[test]
fn the_links_lead_to_operations_with_such_a_parameter() {
    let database = sqlite();
    let description = Service::start(&database).get("/openapi.json").1;
    let operations = || {
        description["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values())
    };
    let mut count = 0;
    for response in operations().flat_map(|operation| operation["responses"].as_object().unwrap().values()) {
        for link in response["links"].as_object().into_iter().flat_map(|links| links.values()) {
            let target =
                operations().find(|operation| operation["operationId"] == link["operationId"]).unwrap();
            for name in link["parameters"].as_object().unwrap().keys() {
                let parameters = target["parameters"].as_array().unwrap();
                assert!(parameters.iter().any(|parameter| parameter["name"] == **name), "{link}");
            }
            count += 1;
        }
    }
    assert!(count >= 8, "{count}");
}
