//! Languages of pages, of data, of queries, and those that resemble no other.

use super::super::language::{Escape, Language, NONE, Quote, long, plain, raw, twice};
use super::super::{css, data, lines, markup, script, shell};

/// All of them.
pub static ALL: &[&Language] = &[
    &HTML,
    &CSS,
    &JSON,
    &YAML,
    &TOML,
    &INI,
    &SQL,
    &MARKDOWN,
    &DIFF,
    &CONSOLE,
    &DOCKERFILE,
    &MAKEFILE,
    &CMAKE,
    &NGINX,
    &GRAPHQL,
    &HCL,
    &LATEX,
    &VB,
    &ASM,
    &PASCAL,
    &FORTRAN,
    &VIM,
    &BATCH,
    &PROLOG,
];

/// HTML, XML and templates of them.
pub static HTML: Language = Language {
    names: "html htm xhtml xml svg vue svelte astro rss atom plist xsd xslt wsdl mathml jinja jinja2 handlebars hbs erb ejs twig csproj",
    special: markup::html,
    ..NONE
};

/// Style sheets.
pub static CSS: Language = Language {
    names: "css scss less sass postcss",
    block: &[("/*", "*/", false)],
    quotes: &[plain("\""), plain("'")],
    special: css::css,
    ..NONE
};

static JSON: Language = Language {
    names: "json jsonc json5 jsonl ndjson geojson webmanifest ipynb",
    values: "true false null NaN Infinity",
    line: &["//"],
    block: &[("/*", "*/", false)],
    special: data::json,
    ..NONE
};

static YAML: Language = Language {
    names: "yaml yml docker-compose openapi",
    special: data::yaml,
    ..NONE
};

static TOML: Language = Language {
    names: "toml",
    values: "true false inf nan",
    line: &["#"],
    quotes: &[long("\"\"\""), raw("'''", "'''"), plain("\""), literal("'")],
    special: data::toml,
    ..NONE
};

static INI: Language = Language {
    names: "ini cfg conf config properties env dotenv editorconfig gitconfig systemd desktop",
    values: "true false yes no on off none",
    quotes: &[plain("\"")],
    fold: true,
    special: data::ini,
    ..NONE
};

/// A string on one line without any escape.
const fn literal(quote: &'static str) -> Quote {
    Quote {
        lines: false,
        ..raw(quote, quote)
    }
}

static SQL: Language = Language {
    names: "sql mysql postgres postgresql pgsql plsql tsql sqlite mssql mariadb hql clickhouse",
    keywords: "add all alter always analyze and any as asc authorization auto_increment autoincrement begin between bigint binary bit blob boolean bool both by call cascade case cast char character check cluster coalesce collate column commit concurrently conflict constraint create cross cube current_date current_time current_timestamp cursor cycle database date datetime decimal declare default deferrable delete desc describe distinct do double drop each else elseif end enum escape except exclude execute exists explain extension external fetch filter float following for foreign from full function generated global grant group grouping having identity if ignore ilike immediate in index inner inout insert instead int integer intersect interval into is isolation join json jsonb key language lateral leading left like limit lock loop match materialized merge natural no not nothing nulls numeric of offset on only open or order out outer over overlaps partition plpgsql preceding precision primary privileges procedure raise read real recursive references refresh reindex release rename repeat replace restrict return returning returns revoke right rollback row rows savepoint schema select serial set show similar smallint start table tablesample temp temporary text then time timestamp timestamptz tinyint to top trailing transaction trigger truncate unbounded union unique unlogged unsigned update upsert use using uuid vacuum values varchar varying view volatile when where while window with within without work",
    values: "true false null unknown",
    line: &["--"],
    block: &[("/*", "*/", false)],
    quotes: &[twice("'", "'"), name("\""), name("`")],
    fold: true,
    special: script::sql,
    ..NONE
};

/// A name in quotes, on one line.
const fn name(quote: &'static str) -> Quote {
    Quote {
        escape: Escape::Twice,
        ..literal(quote)
    }
}

static MARKDOWN: Language = Language {
    names: "markdown md mdx commonmark gfm",
    special: lines::markdown,
    ..NONE
};

static DIFF: Language = Language {
    names: "diff patch udiff",
    special: lines::diff,
    ..NONE
};

static CONSOLE: Language = Language {
    names: "console terminal shell-session sh-session shellsession bash-session",
    special: lines::console,
    ..NONE
};

static DOCKERFILE: Language = Language {
    names: "dockerfile docker containerfile",
    keywords: "as AS",
    quotes: &[plain("\""), literal("'")],
    special: shell::docker,
    ..NONE
};

static MAKEFILE: Language = Language {
    names: "makefile make mk gnumake bsdmake just justfile",
    keywords: "ifeq ifneq ifdef ifndef else endif include define endef export unexport override vpath private",
    line: &["#"],
    quotes: &[plain("\""), literal("'")],
    special: shell::make,
    ..NONE
};

static CMAKE: Language = Language {
    names: "cmake",
    keywords: "if else elseif endif foreach endforeach while endwhile function endfunction macro endmacro return break continue include set option project add_executable add_library target_link_libraries target_include_directories cmake_minimum_required find_package message install",
    values: "on off true false",
    line: &["#"],
    block: &[("#[[", "]]", false)],
    quotes: &[long("\"")],
    fold: true,
    ..NONE
};

static NGINX: Language = Language {
    names: "nginx nginxconf caddyfile",
    line: &["#"],
    quotes: &[long("\""), long("'")],
    special: data::nginx,
    ..NONE
};

static GRAPHQL: Language = Language {
    names: "graphql gql",
    keywords: "directive enum extend fragment implements input interface mutation on query repeatable scalar schema subscription type union",
    values: "true false null",
    declares: "type enum input interface union scalar fragment query mutation subscription directive",
    line: &["#"],
    quotes: &[long("\"\"\""), plain("\"")],
    start: "$@",
    ..NONE
};

static HCL: Language = Language {
    names: "hcl terraform tf tfvars nomad",
    keywords: "resource variable output provider module data locals terraform for in if else endif endfor dynamic",
    values: "true false null",
    line: &["#", "//"],
    block: &[("/*", "*/", false)],
    quotes: &[plain("\"")],
    inner: "-",
    special: data::hcl,
    ..NONE
};

static LATEX: Language = Language {
    names: "latex tex bibtex bib katex",
    line: &["%"],
    special: shell::latex,
    ..NONE
};

static VB: Language = Language {
    names: "vb vbnet vb.net visualbasic vba vbscript vbs basic",
    keywords: "addhandler addressof alias and andalso as boolean byref byte byval call case catch char class const continue date decimal declare delegate dim directcast do double each else elseif end enum erase error event exit finally for friend function get global goto handles if implements imports in inherits integer interface is isnot let lib like long loop me mod module mustinherit mustoverride mybase namespace new next not object of on operator option optional or orelse overloads overridable overrides paramarray partial private property protected public raiseevent readonly redim return select set shadows shared short single static step stop string structure sub synclock then throw to try typeof until using when while with withevents writeonly xor async await",
    values: "true false nothing null empty",
    declares: "function sub class module structure interface enum property namespace",
    line: &["'", "REM ", "Rem ", "rem "],
    quotes: &[name("\"")],
    fold: true,
    ..NONE
};

static ASM: Language = Language {
    names: "asm assembly nasm masm gas x86 x86asm x86_64 arm armasm aarch64 riscv mips llvm wasm wat s",
    line: &[";", "//"],
    block: &[("/*", "*/", false)],
    quotes: &[plain("\""), plain("'")],
    special: shell::asm,
    ..NONE
};

static PASCAL: Language = Language {
    names: "pascal delphi objectpascal pas ada",
    keywords: "and array as begin boolean case char class const constructor destructor div do downto else end except exports file finally for function goto if implementation in inherited initialization inline integer interface is label library loop mod not object of on or out package packed private procedure program property protected public raise real record repeat return set shl shr string then to try type unit until uses var when while with xor",
    values: "true false nil null",
    declares: "function procedure program unit package",
    line: &["//", "--"],
    block: &[("{", "}", false), ("(*", "*)", false)],
    quotes: &[name("'"), name("\"")],
    fold: true,
    ..NONE
};

static FORTRAN: Language = Language {
    names: "fortran f90 f95 f03 f08 f",
    keywords: "abstract allocatable allocate associate block call case character class close common complex contains cycle data deallocate dimension do double elemental else elseif end enddo endif entry exit extends external final forall format function go goto if implicit import in include inout inquire integer intent interface intrinsic kind logical module namelist none nullify only open operator optional out parameter pointer precision print private procedure program protected public pure read real recursive result return save select stop subroutine target then to type use volatile where while write",
    declares: "function subroutine program module",
    line: &["!"],
    quotes: &[name("'"), name("\"")],
    fold: true,
    ..NONE
};

static VIM: Language = Language {
    names: "vim viml vimscript",
    keywords: "augroup au autocmd call command else elseif end endfor endfunction endif endtry endwhile execute for function if in let map nnoremap noremap inoremap vnoremap return set setlocal source syntax try catch while",
    declares: "function",
    line: &["\" "],
    quotes: &[plain("\""), name("'")],
    ..NONE
};

static BATCH: Language = Language {
    names: "bat batch cmd dos winbatch",
    keywords: "call cd cls copy defined del do echo else endlocal equ errorlevel exist exit for geq goto gtr if in leq lss md mkdir move neq not off on pause rd rem ren set setlocal shift start title type",
    line: &["::", "REM ", "rem ", "Rem "],
    quotes: &[literal("\"")],
    fold: true,
    ..NONE
};

static PROLOG: Language = Language {
    names: "prolog swipl",
    keywords: "is mod rem not dynamic discontiguous module use_module initialization",
    values: "true false fail",
    line: &["%"],
    block: &[("/*", "*/", false)],
    quotes: &[plain("\""), plain("'")],
    ..NONE
};
