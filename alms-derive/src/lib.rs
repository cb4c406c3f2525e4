//! How alms-core declares its documents.
//!
//! [`document`](macro@document) is serde's derives with what a document asks for. `Read` and `Write` are the older form, of
//! the documents that are not declared on a type of the domain yet: a list of names and places, which the one reader of
//! alms-json fills and its one writer writes.
#![forbid(unsafe_code)]

mod document;

use proc_macro::TokenStream;
use quote::quote;
use syn::{
    Data, DeriveInput, Error, Field, Fields, GenericParam, Lifetime, LitStr, Result, parse_macro_input,
};

/// Declares that a struct or an enumeration is a document: JSON in and out, and its JSON Schema.
///
/// It derives serde's traits, and `JsonSchema` under the feature `schema`. Unknown fields are refused, `null` stands for every
/// default, as it does for an `Option`, and the schema has the first paragraph of each comment. What would lose a field, or
/// the path of a fault, does not compile. `#[document(result)]` is for what only answers hold: it grows fields, so that a
/// host reads what a later version wrote.
#[proc_macro_attribute]
pub fn document(options: TokenStream, input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    document::expand(options.into(), input).unwrap_or_else(Error::into_compile_error).into()
}

/// Derives reading an object with named fields; every field is one that can be read.
///
/// The names are those of serde: `#[serde(rename = "…")]` is heeded. Unknown fields are errors.
#[proc_macro_derive(Read, attributes(serde))]
pub fn read(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_read(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// Derives writing an object of the fields, in their order.
///
/// The names are those of serde: `#[serde(rename = "…")]`, `flatten` and `skip_serializing_if` are heeded.
#[proc_macro_derive(Write, attributes(serde))]
pub fn write(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive_write(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn derive_write(input: &DeriveInput) -> Result<proc_macro2::TokenStream> {
    let mut writes = Vec::new();
    for field in named_fields(input)? {
        let (place, Options { name, flatten, skip_null }) = (&field.ident, options(field)?);
        let name = LitStr::new(&format!(",\"{}\":", name.value()), name.span());
        writes.push(match (flatten, skip_null) {
            (true, _) => quote! { ::alms_json::Write::fields(&self.#place, json); },
            (false, true) => quote! {
                if !::alms_json::Write::is_null(&self.#place) {
                    json.field(#name, &self.#place);
                }
            },
            (false, false) => quote! { json.field(#name, &self.#place); },
        });
    }
    let document = &input.ident;
    let (parameters, types, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        impl #parameters ::alms_json::Write for #document #types #bounds {
            fn write(&self, json: &mut ::alms_json::Json<'_>) {
                json.object(self);
            }

            fn fields(&self, json: &mut ::alms_json::Json<'_>) {
                #(#writes)*
            }
        }
    })
}

fn named_fields(input: &DeriveInput) -> Result<impl Iterator<Item = &Field>> {
    match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) => Ok(data.fields.iter()),
        _ => Err(Error::new_spanned(input, "only a struct with named fields is an object")),
    }
}

fn derive_read(input: &DeriveInput) -> Result<proc_macro2::TokenStream> {
    let places: Vec<_> = named_fields(input)?.filter_map(|field| field.ident.as_ref()).collect();
    let names = named_fields(input)?.map(|field| Ok(options(field)?.name)).collect::<Result<Vec<_>>>()?;
    let document = &input.ident;
    let (_, types, _) = input.generics.split_for_impl();

    // The text that is read lives as long as the document's lifetime, or any.
    let mut generics = input.generics.clone();
    let lifetime = match generics.lifetimes().next() {
        Some(parameter) => parameter.lifetime.clone(),
        None => {
            let lifetime = Lifetime::new("'a", proc_macro2::Span::call_site());
            generics.params.insert(0, GenericParam::Lifetime(syn::LifetimeParam::new(lifetime.clone())));
            lifetime
        }
    };
    let (parameters, _, bounds) = generics.split_for_impl();
    Ok(quote! {
        impl #parameters ::alms_json::ReadFields<#lifetime> for #document #types #bounds {
            fn empty() -> Self {
                Self { #(#places: ::alms_json::Read::empty(),)* }
            }

            fn read_fields(
                &mut self,
                read: ::alms_json::Reader<'_, #lifetime>,
            ) -> ::std::result::Result<(), ::alms_json::Stop> {
                read(&[#(#names),*], &mut [#(&mut self.#places),*])
            }
        }
    })
}

/// How a field stands in a document.
struct Options {
    name: LitStr,
    /// Its fields stand among those of the document.
    flatten: bool,
    /// It is left out when it is null.
    skip_null: bool,
}

fn options(field: &Field) -> Result<Options> {
    let place = field.ident.as_ref().ok_or_else(|| Error::new_spanned(field, "a field has a name"))?;
    let mut options =
        Options { name: LitStr::new(&place.to_string(), place.span()), flatten: false, skip_null: false };
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                options.name = meta.value()?.parse()?;
            } else if meta.path.is_ident("skip_serializing_if") {
                options.skip_null = meta.value()?.parse::<LitStr>()?.value() == "Option::is_none";
            } else if meta.path.is_ident("flatten") {
                options.flatten = true;
            } else if !meta.path.is_ident("default") {
                return Err(meta.error("what this means for reading and writing is not known"));
            }
            Ok(())
        })?;
    }
    Ok(options)
}
