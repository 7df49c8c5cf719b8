//! What was used and what it costs: the tally of ended replies, prices, budgets.

use super::tx::{Durability, Tx, between};
use super::{Db, Fault, Plan, every};
use crate::cost::budget::{Budget, Standing, standing};
use crate::cost::charge::{Charge, Rate};
use crate::cost::tally::Tally;
use crate::cost::{self, Currency, Money, Price};
use crate::record::schema::{KV, Key, RATES, USAGE};
use crate::record::{Row, usage};

impl Db {
    /// How what was spent stands to the budget of the currency in which a model is billed. Well where it has
    /// none, where the model is free, and where its price is not known. `day` is today.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn standing(
        &self,
        day: &str,
        connection: &str,
        model: &str,
        listed: Option<Price>,
    ) -> Result<Standing, Fault> {
        let tx = self.read(&[KV, RATES, USAGE])?;
        let rate = tx.get(RATES, &pair(connection, model)).await?;
        let own = rate.as_ref().and_then(|row| usage::read_rate(row).price);
        let Some(price) = own.or(listed).filter(|price| !price.is_free()) else {
            return Ok(Standing::Well);
        };
        let budgets = budgets(&tx).await?;
        let Some(budget) = budgets.iter().find(|one| one.currency == price.currency) else {
            return Ok(Standing::Well);
        };
        let (today, month) = spent(&tx, day, budget.currency).await?;
        Ok(standing(*budget, today, month))
    }

    /// The tallies of the days from `first` to `last`, both included.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn tallies(&self, first: &str, last: &str) -> Result<Vec<Tally>, Fault> {
        let tx = self.read(&[USAGE])?;
        tallies(&tx, first, last).await
    }

    /// What is known of every model that was asked or priced.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn rates(&self) -> Result<Vec<Rate>, Fault> {
        let rows = every(self, RATES).await?;
        Ok(rows.iter().map(usage::read_rate).collect())
    }

    /// What is known of a model; nothing but its names where it was never asked.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn rate(&self, connection: &str, model: &str) -> Result<Rate, Fault> {
        let tx = self.read(&[RATES])?;
        rate(&tx, connection, model).await
    }

    /// Changes a model's own price, given as it is stored: two fields that are changed one right after the other both
    /// count. `None` goes back to the price that its provider lists.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn change_price(
        &self,
        connection: &str,
        model: &str,
        change: impl FnOnce(Option<Price>) -> Option<Price>,
    ) -> Result<(), Fault> {
        let tx = self.write(&[RATES], Durability::Strict)?;
        let kept = tx.get(RATES, &pair(connection, model)).await?;
        let mut rate = rate(&tx, connection, model).await?;
        rate.price = change(rate.price);
        tx.put(RATES, &usage::write_rate(&rate, &kept.unwrap_or_default()))?;
        tx.commit().await
    }

    /// The budgets.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn budgets(&self) -> Result<Vec<Budget>, Fault> {
        budgets(&self.read(&[KV])?).await
    }

    /// Changes the budget of a currency, given as it is stored.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn change_budget(
        &self,
        currency: Currency,
        change: impl FnOnce(Budget) -> Budget,
    ) -> Result<(), Fault> {
        let tx = self.write(&[KV], Durability::Strict)?;
        let kept = tx
            .get(KV, &usage::BUDGETS.into())
            .await?
            .unwrap_or_default();
        let mut budgets = usage::read_budgets(&kept);
        let before = budgets.iter().find(|one| one.currency == currency);
        let budget = change(before.copied().unwrap_or(Budget::none(currency)));
        budgets.retain(|one| one.currency != currency);
        if budget.day.is_some() || budget.month.is_some() {
            budgets.push(budget);
        }
        tx.put(KV, &usage::write_budgets(&budgets, &kept))?;
        tx.commit().await
    }
}

/// Counts an ended reply: in the tally of its day and model, in its conversation, in the reply itself.
pub async fn charge(tx: &Tx, charge: &Charge, plan: Option<&mut Plan>) -> Result<(), Fault> {
    let key = pair(&charge.connection, &charge.model);
    let kept = tx.get(RATES, &key).await?.unwrap_or_default();
    let mut rate = rate(tx, &charge.connection, &charge.model).await?;
    let Some((entry, cost)) = charge.settle(&mut rate) else {
        return Ok(());
    };
    tx.put(RATES, &usage::write_rate(&rate, &kept))?;
    let parts = [
        &charge.day,
        &charge.connection,
        &charge.model,
        usage::currency(cost),
    ];
    let key = Key::List(parts.into_iter().map(Key::from).collect());
    let kept = tx.get(USAGE, &key).await?.unwrap_or_default();
    let mut tally = usage::read(&kept);
    tally.day.clone_from(&charge.day);
    tally.connection.clone_from(&charge.connection);
    tally.model.clone_from(&charge.model);
    tally.name.clone_from(&charge.name);
    tally.add(entry, cost);
    tx.put(USAGE, &usage::write(&tally, &kept))?;
    if let (Some(cost), Some(plan)) = (cost, plan) {
        if let Some(conversation) = &mut plan.conversation {
            cost::add(&mut conversation.spent, cost);
        }
        if let Some(message) = plan.put.last_mut() {
            message.cost = Some(cost.and(message.cost));
        }
    }
    Ok(())
}

/// What was spent in a currency today and in the month of today.
async fn spent(tx: &Tx, day: &str, currency: Currency) -> Result<(Money, Money), Fault> {
    let month = day.get(..7).unwrap_or(day);
    let none = Money { currency, nano: 0 };
    let (mut today, mut whole) = (none, none);
    for tally in tallies(tx, month, &format!("{month}-99")).await? {
        let Some(cost) = tally.cost.filter(|cost| cost.currency == currency) else {
            continue;
        };
        whole.nano = whole.nano.saturating_add(cost.nano);
        if tally.day == day {
            today.nano = today.nano.saturating_add(cost.nano);
        }
    }
    Ok((today, whole))
}

async fn tallies(tx: &Tx, first: &str, last: &str) -> Result<Vec<Tally>, Fault> {
    let from = Key::List(vec![first.into()]);
    // A list is before every longer one that begins with it.
    let to = Key::List(vec![format!("{last}~").as_str().into()]);
    let rows = tx.range(USAGE, &between(from, to), u32::MAX).await?;
    Ok(rows.iter().map(usage::read).collect())
}

impl Db {
    /// Counts the answer to a request beside the conversations. What it cost, where the price is known.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn charge_aside(&self, counted: &Charge) -> Result<Option<Money>, Fault> {
        let tx = self.write(&[RATES, USAGE], Durability::Relaxed)?;
        let mut rate = rate(&tx, &counted.connection, &counted.model).await?;
        let cost = counted.settle(&mut rate).and_then(|(_, cost)| cost);
        charge(&tx, counted, None).await?;
        tx.commit().await?;
        Ok(cost)
    }

    /// Budgets of a backup, in those currencies in which there is none here.
    pub(super) async fn restore_budgets(&self, kv: &[Row]) -> Result<(), Fault> {
        let name =
            |row: &&Row| row.get("name").and_then(|name| name.as_str()) == Some(usage::BUDGETS);
        let Some(file) = kv.iter().find(name) else {
            return Ok(());
        };
        let here = self.budgets().await?;
        for budget in usage::read_budgets(file) {
            if here.iter().all(|one| one.currency != budget.currency) {
                self.change_budget(budget.currency, |_| budget).await?;
            }
        }
        Ok(())
    }
}

async fn rate(tx: &Tx, connection: &str, model: &str) -> Result<Rate, Fault> {
    let row = tx.get(RATES, &pair(connection, model)).await?;
    Ok(Rate {
        connection: connection.to_owned(),
        model: model.to_owned(),
        ..row.as_ref().map(usage::read_rate).unwrap_or_default()
    })
}

async fn budgets(tx: &Tx) -> Result<Vec<Budget>, Fault> {
    let row = tx.get(KV, &usage::BUDGETS.into()).await?;
    Ok(row.as_ref().map(usage::read_budgets).unwrap_or_default())
}

fn pair(connection: &str, model: &str) -> Key {
    Key::List(vec![connection.into(), model.into()])
}
