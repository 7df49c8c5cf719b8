//! Words of the lock of the keys.

use super::Lang;

/// See the module.
#[allow(missing_docs)]
pub struct Words {
    pub tool_off: &'static str,
    pub tool_locked: &'static str,
    pub tool_open: &'static str,
    pub title_set: &'static str,
    pub lede_set: &'static str,
    pub passphrase: &'static str,
    pub again: &'static str,
    pub short: &'static str,
    pub differ: &'static str,
    pub lock: &'static str,
    pub title_locked: &'static str,
    pub lede_locked: &'static str,
    pub lede_wanted: fn(&str) -> String,
    pub unlock: &'static str,
    pub wrong: &'static str,
    pub forgotten: &'static str,
    pub title_forgotten: &'static str,
    pub lede_forgotten: &'static str,
    pub forget: &'static str,
    pub title_open: &'static str,
    pub lede_open: &'static str,
    pub lock_now: &'static str,
    pub change: &'static str,
    pub in_clear: &'static str,
    pub working: &'static str,
    pub impossible: &'static str,
    pub cancel: &'static str,
    pub back: &'static str,
    pub close: &'static str,
    pub now_locked: &'static str,
    pub now_clear: &'static str,
    pub now_forgotten: &'static str,
    pub key_kept: &'static str,
    pub key_hint: &'static str,
    pub still_locked: &'static str,
    pub in_backup: &'static str,
}

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}

static ZH: Words = Words {
    tool_off: "用口令锁住密钥",
    tool_locked: "密钥已锁",
    tool_open: "密钥已解锁",
    title_set: "用口令锁住密钥",
    lede_set: "密钥会加密存放，打开页面后第一次用到时问一次口令。口令不存在任何地方：忘了它，密钥就得重新输入，别的都不受影响。",
    passphrase: "口令",
    again: "再输一遍",
    short: "太短了，至少 8 个字符。",
    differ: "两次输入的不一样。",
    lock: "锁住",
    title_locked: "密钥锁着",
    lede_locked: "输入口令后，到关闭或重新载入这一页为止都能用。",
    lede_wanted: |name| {
        format!("要用“{name}”的密钥，请输入口令。到关闭或重新载入这一页为止不会再问。")
    },
    unlock: "解锁",
    wrong: "口令不对。什么都没有改变，请再试一次。",
    forgotten: "忘记口令了",
    title_forgotten: "没有口令就打不开",
    lede_forgotten: "没有口令，谁也打不开这些密钥。可以删掉锁住的密钥，重新开始：对话、记忆、连接和设置都留着，只要在各个连接里重新输入密钥。",
    forget: "删掉锁住的密钥",
    title_open: "密钥已解锁",
    lede_open: "密钥是加密存放的，现在在这个标签页里能用；关闭或重新载入后要再输一次口令。",
    lock_now: "马上锁上",
    change: "换口令",
    in_clear: "改为明文存放",
    working: "正在计算…",
    impossible: "这一页不是经 https 或从本机打开的，浏览器不提供加密，没法锁住密钥。",
    cancel: "取消",
    back: "返回",
    close: "关闭",
    now_locked: "密钥已用口令锁住。",
    now_clear: "密钥改为明文存放了。",
    now_forgotten: "锁住的密钥已删除。请在各个连接里重新输入。",
    key_kept: "密钥用口令加密，存在这个浏览器里，只发往上面这个地址。",
    key_hint: "已加密存放；输入新的就会替换",
    still_locked: "密钥还锁着，没有保存。",
    in_backup: "文件里的密钥仍用你的口令锁着，恢复后要输入同一个口令。",
};

static EN: Words = Words {
    tool_off: "Lock keys with a passphrase",
    tool_locked: "Keys locked",
    tool_open: "Keys unlocked",
    title_set: "Lock the keys with a passphrase",
    lede_set: "Keys are stored encrypted, and the passphrase is asked for once, when a key is first needed after the page was opened. It is stored nowhere: should you forget it, you enter the keys again, and nothing else is lost.",
    passphrase: "Passphrase",
    again: "Again",
    short: "Too short: at least 8 characters.",
    differ: "The two are not the same.",
    lock: "Lock",
    title_locked: "The keys are locked",
    lede_locked: "Enter the passphrase, and they can be used until this page is closed or reloaded.",
    lede_wanted: |name| {
        format!(
            "“{name}” needs its key: enter the passphrase. It is not asked for again until this page is closed or reloaded."
        )
    },
    unlock: "Unlock",
    wrong: "That is not the passphrase. Nothing has changed; try again.",
    forgotten: "Forgotten the passphrase",
    title_forgotten: "Without the passphrase they stay shut",
    lede_forgotten: "Without the passphrase nobody can open these keys. You can delete the locked keys and start over: conversations, memory, connections and settings all stay; only the keys have to be entered again in each connection.",
    forget: "Delete the locked keys",
    title_open: "The keys are unlocked",
    lede_open: "They are stored encrypted and can be used in this tab now; once it is closed or reloaded the passphrase is asked for again.",
    lock_now: "Lock now",
    change: "Change the passphrase",
    in_clear: "Store in clear",
    working: "Working…",
    impossible: "This page was opened neither over https nor from this machine, so the browser offers no encryption and keys cannot be locked.",
    cancel: "Cancel",
    back: "Back",
    close: "Close",
    now_locked: "The keys are locked with the passphrase.",
    now_clear: "The keys are stored in clear now.",
    now_forgotten: "The locked keys are deleted. Enter them again in each connection.",
    key_kept: "The key is stored in this browser, locked with your passphrase, and goes only to the address above.",
    key_hint: "stored and locked; type to replace it",
    still_locked: "The keys are still locked, so nothing was saved.",
    in_backup: "The keys in the file stay locked with your passphrase; restoring them asks for the same one.",
};
