//! What several accounts are together: nobody and nothing is lost, and nothing is there twice.

use super::system::MergedSystem;
use crate::account::{Account, System};
use crate::text::{Email, Serial, Uid};
use std::collections::{HashMap, HashSet};

/// Somebody who signs in to one of the accounts or several.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// The address as it was given first.
    pub(super) email: Email,
    /// Administrator in one of the accounts at least.
    pub(super) administrator: bool,
    /// The accounts in which they are an administrator, and those in which they are not.
    pub(super) roles: [Vec<Uid>; 2],
}

/// Everybody, each once, in the order of the accounts: an address in other capitals is the same person's.
pub(super) fn people(accounts: &[&Account]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for data in accounts.iter().map(|account| account.data()) {
        let roles = [(&data.administrators, true), (&data.users, false)];
        for (email, administrator) in
            roles.iter().flat_map(|(emails, role)| emails.iter().map(|one| (one, *role)))
        {
            let position = *known.entry(email.folded()).or_insert(people.len());
            if position == people.len() {
                people.push(Person { email: email.clone(), administrator, roles: [Vec::new(), Vec::new()] });
            }
            if let Some(person) = people.get_mut(position) {
                person.administrator |= administrator;
                let [administering, using] = &mut person.roles;
                let accounts = if administrator { administering } else { using };
                // Account by account: if it is there, it is the last one.
                if accounts.last() != Some(&data.uid) {
                    accounts.push(data.uid.clone());
                }
            }
        }
    }
    people
}

/// All partners, each once; an account of the merge is no partner of the merged one.
pub(super) fn partners(accounts: &[&Account]) -> (Vec<Uid>, Vec<Uid>) {
    let own: HashSet<&Uid> = accounts.iter().map(|account| &account.data().uid).collect();
    let mut known = HashSet::new();
    let all = accounts.iter().flat_map(|account| account.partners());
    let once = all.filter(|partner| known.insert(*partner)).cloned();
    let (within, partners) = once.partition(|partner| own.contains(partner));
    (partners, within)
}

/// The systems of all accounts, each serial once, and where the others were found.
pub(super) struct Pooled<'a> {
    /// Account and system, in the order of the accounts.
    pub(super) systems: Vec<(&'a Uid, &'a System)>,
    /// Systems whose serial stood in an earlier account, with that account.
    pub(super) repeated: Vec<(MergedSystem, Uid)>,
}

pub(super) fn pooled<'a>(accounts: &[&'a Account]) -> Pooled<'a> {
    let mut pooled = Pooled { systems: Vec::new(), repeated: Vec::new() };
    let mut owners: HashMap<&Serial, &'a Uid> = HashMap::new();
    for data in accounts.iter().map(|account| account.data()) {
        for system in &data.systems {
            match owners.get(&system.serial) {
                None => {
                    owners.insert(&system.serial, &data.uid);
                    pooled.systems.push((&data.uid, system));
                }
                Some(owner) => pooled.repeated.push((MergedSystem::of(&data.uid, system), (*owner).clone())),
            }
        }
    }
    pooled
}
