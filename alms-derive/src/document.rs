//! `#[document]`: serde's derives, and what they do not know about documents.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, ExprLit, Field, Fields, Ident, Lit, LitStr, Meta, Path,
    Result, Token, Type, parse_quote,
};

/// Options of serde under which a field or a value is lost, or the path of its fault is, each with the remedy.
const REFUSED: [(&str, &str); 13] = [
    ("skip", "nothing of a document is left out in silence; remove the field, or keep it in another type"),
    ("skip_serializing", "nothing of a document is left out in silence; use `skip_serializing_if`"),
    (
        "skip_deserializing",
        "nothing of a document is left out in silence; refuse the field where it may not be given",
    ),
    ("flatten", FAULTS_ARE_LOST),
    ("tag", FAULTS_ARE_LOST),
    ("content", FAULTS_ARE_LOST),
    ("untagged", FAULTS_ARE_LOST),
    ("other", "a name that is unknown is refused; list the names"),
    ("try_from", "it turns the fault into a text without a code; implement `Deserialize` by hand"),
    ("from", "the schema would say another type; implement `Deserialize` by hand"),
    ("into", "the schema would say another type; implement `Serialize` by hand"),
    ("borrow", "a document owns what it says, so that a host can keep it; use an owned type"),
    ("deny_unknown_fields", "`#[document]` refuses them already; remove it"),
];

const FAULTS_ARE_LOST: &str =
    "serde reads the value into a buffer first, and its faults lose their path; write the fields out";

/// Expands `#[document]`, or `#[document(result)]` of a type that only answers hold.
pub(crate) fn expand(options: TokenStream, mut input: DeriveInput) -> Result<TokenStream> {
    let is_result = match options.to_string().as_str() {
        "" => false,
        "result" => true,
        _ => return Err(Error::new_spanned(options, "use `#[document]` or `#[document(result)]`")),
    };
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a document has no parameters; use owned types"));
    }
    check(&input.attrs)?;
    describe(&mut input.attrs)?;
    let owner = input.ident.clone();
    let mut helpers = Vec::new();
    for (variant, fields) in fields_of(&mut input)? {
        for field in fields {
            check(&field.attrs)?;
            describe(&mut field.attrs)?;
            helpers.extend(null_means_absent(&owner, variant.as_ref(), field)?);
        }
    }
    // A result grows fields; what a host kept of a later version is still read.
    let strict = (!is_result).then(|| quote! { #[serde(deny_unknown_fields)] });
    let helpers = (!helpers.is_empty()).then(|| quote! { impl #owner { #(#helpers)* } });
    Ok(quote! {
        #[derive(::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(::schemars::JsonSchema))]
        #strict
        #input
        #helpers
    })
}

/// The fields with names: those of a struct, or those of each value of an enumeration.
fn fields_of(input: &mut DeriveInput) -> Result<Vec<(Option<Ident>, Vec<&mut Field>)>> {
    match &mut input.data {
        Data::Struct(data) => match &mut data.fields {
            Fields::Named(fields) => Ok(vec![(None, fields.named.iter_mut().collect())]),
            fields => Err(Error::new_spanned(
                fields,
                "a document has named fields; a scalar implements serde's traits by hand",
            )),
        },
        Data::Enum(data) => {
            let mut values = Vec::new();
            for variant in &mut data.variants {
                check(&variant.attrs)?;
                describe(&mut variant.attrs)?;
                if let Fields::Named(fields) = &mut variant.fields {
                    values.push((Some(variant.ident.clone()), fields.named.iter_mut().collect()));
                }
            }
            Ok(values)
        }
        Data::Union(data) => {
            Err(Error::new_spanned(data.union_token, "a document is a struct or an enumeration"))
        }
    }
}

/// Refuses the options of serde that a document cannot have.
fn check(attributes: &[Attribute]) -> Result<()> {
    for meta in serde_options(attributes)? {
        let refused = REFUSED.iter().find(|(name, _)| meta.path().is_ident(name));
        if let Some((name, remedy)) = refused {
            return Err(Error::new_spanned(&meta, format!("a document cannot have `{name}`: {remedy}")));
        }
    }
    Ok(())
}

fn serde_options(attributes: &[Attribute]) -> Result<Vec<Meta>> {
    let mut options = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        options.extend(attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?);
    }
    Ok(options)
}

/// Lets `null` stand for the default of a field, as it does where a field is optional, and lets the schema say so.
///
/// A default that is a function of its own needs another one that reads: it is given.
fn null_means_absent(
    owner: &Ident,
    variant: Option<&Ident>,
    field: &mut Field,
) -> Result<Option<TokenStream>> {
    let options = serde_options(&field.attrs)?;
    let option =
        |names: &[&str]| options.iter().find(|option| names.iter().any(|name| option.path().is_ident(name)));
    let Some(default) = option(&["default"]) else { return Ok(None) };
    let read = field.ty.clone();
    if is_option(&read) {
        return Err(Error::new_spanned(default, "an `Option` may be absent as it is; remove `default`"));
    }
    if let Some(with) = option(&["with", "deserialize_with"]) {
        return Err(Error::new_spanned(
            with,
            "a default is read by its type; implement `Deserialize` for that",
        ));
    }
    let with_null = quote!(::std::option::Option<#read>).to_string();
    field.attrs.push(parse_quote! { #[cfg_attr(feature = "schema", schemars(with = #with_null))] });
    let Meta::NameValue(given) = default else {
        field.attrs.push(parse_quote! { #[serde(deserialize_with = "::alms_json::null_is_default")] });
        return Ok(None);
    };
    let given: Path = text_of(&given.value)?.parse()?;
    let place = field.ident.as_ref().map(Ident::to_string).unwrap_or_default();
    let helper = match variant {
        Some(variant) => format_ident!("null_is_default_{}_{place}", variant.to_string().to_lowercase()),
        None => format_ident!("null_is_default_{place}"),
    };
    let path = format!("{owner}::{helper}");
    field.attrs.push(parse_quote! { #[serde(deserialize_with = #path)] });
    Ok(Some(quote! {
        fn #helper<'de, D: ::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::std::result::Result<#read, D::Error> {
            let given: ::std::option::Option<#read> = ::serde::Deserialize::deserialize(deserializer)?;
            ::std::result::Result::Ok(given.unwrap_or_else(#given))
        }
    }))
}

fn is_option(read: &Type) -> bool {
    match read {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        _ => false,
    }
}

fn text_of(value: &Expr) -> Result<LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.clone()),
        other => Err(Error::new_spanned(other, "a text is expected")),
    }
}

/// Gives the schema the first paragraph of the documentation, without rustdoc's links: examples are for those who write Rust.
fn describe(attributes: &mut Vec<Attribute>) -> Result<()> {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let Meta::NameValue(doc) = &attribute.meta {
            lines.push(text_of(&doc.value)?.value().trim().to_owned());
        }
    }
    let paragraph: Vec<&str> = lines.iter().map(String::as_str).take_while(|line| !line.is_empty()).collect();
    if !paragraph.is_empty() {
        let description = without_links(&paragraph.join("\n"));
        attributes
            .push(parse_quote! { #[cfg_attr(feature = "schema", schemars(description = #description))] });
    }
    Ok(())
}

/// [`Plan::rules`](crate::Plan::rules) and [`Plan::rules`] are `Plan::rules` to who reads no Rust.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        plain.push_str(before);
        let Some((name, behind)) = link.split_once("`]") else { return plain + "[`" + link };
        plain.push_str(&format!("`{name}`"));
        let target = behind.strip_prefix('(').and_then(|target| target.split_once(')'));
        rest = target.map_or(behind, |(_, behind)| behind);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(options: &str, input: &str) -> std::result::Result<String, String> {
        let expanded = expand(options.parse().unwrap(), syn::parse_str(input).unwrap());
        expanded.map(|tokens| tokens.to_string().replace(' ', "")).map_err(|error| error.to_string())
    }

    #[test]
    fn fields_that_would_be_lost_are_refused() {
        for (option, remedy) in REFUSED {
            let error = expanded("", &format!("struct S {{ #[serde({option})] a: A }}")).unwrap_err();
            assert_eq!(error, format!("a document cannot have `{option}`: {remedy}"));
            assert!(expanded("", &format!("#[serde({option})] struct S {{ a: A }}")).is_err(), "{option}");
        }
        assert!(expanded("", "enum E { #[serde(skip)] A, B }").is_err());
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for (options, input) in [
            ("", "struct S(u8);"),
            ("", "struct S<'a> { a: &'a str }"),
            ("", "union U { a: u8 }"),
            ("strict", "struct S { a: A }"),
            ("", "struct S { #[serde(default)] a: Option<A> }"),
            ("", "struct S { #[serde(default, with = \"m\")] a: A }"),
        ] {
            assert!(expanded(options, input).is_err(), "{input}");
        }
    }

    #[test]
    fn a_request_refuses_unknown_fields_and_a_result_does_not() {
        assert!(expanded("", "struct S { a: A }").unwrap().contains("deny_unknown_fields"));
        assert!(!expanded("result", "struct S { a: A }").unwrap().contains("deny_unknown_fields"));
    }

    #[test]
    fn the_schema_has_the_first_paragraph() {
        let said =
            expanded("", "/// A [`B`](x::B)\n/// of `c`.\n///\n/// ```\n/// e\n/// ```\nstruct S { a: A }")
                .unwrap();
        assert!(said.contains(r#"description="A`B`\nof`c`.""#), "{said}");
    }

    #[test]
    fn links_are_names() {
        assert_eq!(
            without_links("as [`renew`](super::renew), [`Plan`] and [x] do"),
            "as `renew`, `Plan` and [x] do"
        );
        assert_eq!(without_links("a [`b"), "a [`b");
    }
}
