//! Languages of scripts and shells, and functional ones.

use super::super::language::{CALL, DOLLAR, HASH, Language, NONE, long, plain, raw, twice, with};
use super::super::{functional, script, shell};

/// All of them.
pub static ALL: &[&Language] = &[
    &JAVASCRIPT,
    &TYPESCRIPT,
    &TSX,
    &PYTHON,
    &RUBY,
    &PHP,
    &LUA,
    &PERL,
    &R,
    &BASH,
    &POWERSHELL,
    &ELIXIR,
    &ERLANG,
    &HASKELL,
    &OCAML,
    &LISP,
    &CLOJURE,
    &JULIA,
    &MATLAB,
    &NIM,
    &ELM,
    &CRYSTAL,
    &AWK,
];

const SCRIPT_QUOTES: &[super::super::language::Quote] =
    &[plain("\""), plain("'"), with(long("`"), DOLLAR)];

/// JavaScript, and markup in it.
pub static JAVASCRIPT: Language = Language {
    names: "javascript js jsx mjs cjs node es6 react",
    keywords: "await break case catch class const continue debugger default delete do else export extends finally for function if import in instanceof let new return super switch this throw try typeof var void while with yield",
    soft: "as async from get of set static",
    values: "true false null undefined NaN Infinity",
    declares: "function class",
    line: &["//"],
    block: &[("/*", "*/", false)],
    quotes: SCRIPT_QUOTES,
    start: "$#@",
    inner: "$",
    special: script::javascript,
    ..NONE
};

const TYPED: &str = "any await bigint boolean break case catch class const constructor continue debugger default delete do else enum export extends finally for function if implements import in instanceof interface let never new number private protected public return string super switch this throw try typeof unknown var void while with yield";

static TYPESCRIPT: Language = Language {
    names: "typescript ts mts cts deno",
    keywords: TYPED,
    soft: "abstract as asserts async declare from get global infer is keyof module namespace of out override readonly satisfies set static type unique using",
    declares: "function class interface type enum namespace module",
    special: script::typescript,
    ..JAVASCRIPT
};

static TSX: Language = Language {
    names: "tsx",
    special: script::javascript,
    ..TYPESCRIPT
};

static PYTHON: Language = Language {
    names: "python py python3 py3 pyi ipython jupyter sage starlark bazel bzl",
    keywords: "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield self",
    soft: "match case type",
    values: "True False None",
    declares: "def class",
    line: &["#"],
    special: script::python,
    ..NONE
};

static RUBY: Language = Language {
    names: "ruby rb rake gemfile podfile",
    keywords: "BEGIN END alias and begin break case class def defined? do else elsif end ensure for if in module next not or redo rescue retry return self super then undef unless until when while yield require require_relative attr_accessor attr_reader attr_writer include extend private protected public raise",
    values: "true false nil",
    declares: "def class module",
    line: &["#"],
    quotes: &[with(long("\""), HASH), long("'"), with(long("`"), HASH)],
    start: "@$",
    inner: "?!",
    special: script::ruby,
    ..NONE
};

static CRYSTAL: Language = Language {
    names: "crystal cr",
    keywords: "abstract alias annotation as asm begin break case class def do else elsif end ensure enum extend for fun if in include lib macro module next of out private protected rescue return select self sizeof struct super then type typeof union unless until when while with yield",
    declares: "def class module struct enum macro",
    ..RUBY
};

static PHP: Language = Language {
    names: "php php3 php4 php5 php7 php8",
    keywords: "abstract and as break callable case catch class clone const continue declare default do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile exit extends final finally fn for foreach function global goto if implements include include_once instanceof insteadof interface isset list namespace new or print private protected public require require_once return static switch throw trait try unset use var while xor yield int float string bool void self",
    soft: "array from match enum readonly parent never mixed",
    values: "true false null TRUE FALSE NULL",
    declares: "function class interface trait enum namespace",
    block: &[("/*", "*/", false)],
    quotes: &[long("\""), long("'")],
    start: "$",
    special: script::php,
    ..NONE
};

static LUA: Language = Language {
    names: "lua luau",
    keywords: "and break do else elseif end for function goto if in local not or repeat return then until while continue",
    values: "true false nil",
    declares: "function",
    line: &["--"],
    quotes: &[plain("\""), plain("'")],
    special: script::lua,
    ..NONE
};

static PERL: Language = Language {
    names: "perl pl pm raku",
    keywords: "and cmp continue do else elsif eq eval for foreach ge given goto gt if last le local lt my ne next no not or our package print return redo require say state sub unless until use when while xor",
    values: "undef",
    declares: "sub package",
    line: &["#"],
    quotes: &[long("\""), long("'"), long("`")],
    special: script::perl,
    ..NONE
};

static R: Language = Language {
    names: "r rscript rlang rmd splus",
    keywords: "break else for function if in next repeat return while",
    soft: "library require",
    values: "TRUE FALSE NULL NA NA_integer_ NA_real_ NA_character_ Inf NaN T F",
    line: &["#"],
    quotes: &[long("\""), long("'"), raw("`", "`")],
    start: ".",
    inner: ".",
    special: script::r,
    ..NONE
};

/// Shells.
pub static BASH: Language = Language {
    names: "bash sh shell zsh ksh fish ash dash shellscript",
    keywords: "if then else elif fi case esac for select while until do done in function time coproc export local readonly declare typeset unset alias source return exit break continue shift set trap eval exec end begin switch and or not",
    values: "true false",
    declares: "function",
    quotes: &[shell::SHELL_STRING, raw("'", "'")],
    special: shell::bash,
    ..NONE
};

static POWERSHELL: Language = Language {
    names: "powershell ps ps1 pwsh psm1 posh",
    keywords: "begin break catch class continue do dynamicparam else elseif end enum exit filter finally for foreach function if param return switch throw trap try until while",
    soft: "data from hidden in process static workflow using",
    declares: "function class filter enum",
    line: &["#"],
    block: &[("<#", "#>", false)],
    quotes: &[twice("'", "'")],
    inner: "-",
    fold: true,
    special: shell::powershell,
    ..NONE
};

static ELIXIR: Language = Language {
    names: "elixir ex exs heex eex iex",
    keywords: "after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmacrop defmodule defoverridable defp defprotocol defstruct do else end fn for if import in not or quote raise receive require rescue super throw try unless unquote use when with",
    values: "true false nil",
    declares: "def defp defmodule defmacro defmacrop defprotocol defimpl defguard defdelegate",
    line: &["#"],
    quotes: &[
        with(long("\"\"\""), HASH),
        with(long("\""), HASH),
        with(long("'''"), HASH),
        with(long("'"), HASH),
    ],
    inner: "?!",
    special: functional::elixir,
    ..NONE
};

static ERLANG: Language = Language {
    names: "erlang erl hrl",
    keywords: "after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive rem try when xor",
    values: "true false undefined ok error",
    line: &["%"],
    quotes: &[long("\"\"\""), long("\""), long("'")],
    special: functional::erlang,
    ..NONE
};

static HASKELL: Language = Language {
    names: "haskell hs lhs purescript purs idris agda",
    keywords: "case class data default deriving do else family forall foreign hiding if import in infix infixl infixr instance let mdo module newtype of pattern proc qualified rec then type via where",
    values: "True False Nothing",
    declares: "class data newtype module instance type",
    block: &[("{-", "-}", true)],
    quotes: &[long("\"")],
    inner: "'",
    special: functional::haskell,
    ..NONE
};

static ELM: Language = Language {
    names: "elm",
    keywords: "as case else exposing if import in let module of port then type where",
    soft: "alias infix",
    declares: "type alias module",
    ..HASKELL
};

static OCAML: Language = Language {
    names: "ocaml ml mli reason sml",
    keywords: "and as assert begin class constraint do done downto else end exception external for fun function functor if in include inherit initializer lazy let match method mod module mutable new nonrec object of open or private rec sig struct then to try type val virtual when while with",
    values: "true false None",
    declares: "let rec type module exception val method and",
    block: &[("(*", "*)", true)],
    quotes: &[long("\"")],
    inner: "'",
    special: functional::ocaml,
    ..NONE
};

static LISP: Language = Language {
    names: "lisp common-lisp commonlisp cl elisp emacs-lisp el scheme scm racket rkt guile fennel",
    keywords: "and begin block case cond declare define define-record-type define-syntax defclass defconst defconstant defgeneric defmacro defmethod defpackage defparameter defstruct defun defvar defcustom do dolist dotimes else flet function if in-package interactive labels lambda let let* letrec loop macrolet multiple-value-bind or progn provide quasiquote quote require return return-from set! setf setq syntax-rules unless unquote use-package values when while with-slots",
    values: "nil t",
    declares: "define defun defmacro defclass defgeneric defmethod defstruct defpackage defparameter defvar defcustom defconst defconstant define-syntax",
    line: &[";"],
    block: &[("#|", "|#", true)],
    quotes: &[long("\"")],
    start: "+-*/<>=!?&%^~",
    inner: "+-*/<>=!?&%^~.:",
    special: functional::lisp,
    ..NONE
};

static CLOJURE: Language = Language {
    names: "clojure clj cljs cljc edn bb hy",
    keywords: "and as-> binding case catch comment cond condp def defmacro defmethod defmulti defn defn- defonce defprotocol defrecord defstruct deftype do doseq dotimes extend-protocol finally fn for if if-let if-not import in-ns let letfn loop new ns or quote recur reify require set! throw try use var when when-let when-not while with-open -> ->>",
    values: "nil true false",
    declares: "def defn defn- defmacro defmulti defmethod defonce defprotocol defrecord deftype ns",
    block: &[],
    inner: "+-*/<>=!?&%^~.:'#",
    special: functional::clojure,
    ..LISP
};

static JULIA: Language = Language {
    names: "julia jl",
    keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for function global if import in isa let local macro module mutable outer primitive quote return struct try type using where while",
    values: "true false nothing missing NaN Inf",
    declares: "function struct module macro type",
    line: &["#"],
    block: &[("#=", "=#", true)],
    quotes: &[
        with(long("\"\"\""), CALL),
        with(long("\""), CALL),
        with(long("`"), CALL),
    ],
    inner: "!",
    start: "@",
    special: script::julia,
    ..NONE
};

static MATLAB: Language = Language {
    names: "matlab octave mat",
    keywords: "break case catch classdef continue do else elseif end end_try_catch endfor endfunction endif endswitch endwhile enumeration events for function global if methods otherwise parfor persistent properties return spmd switch try until while",
    values: "true false pi inf nan Inf NaN eps",
    declares: "function classdef",
    line: &["%", "#"],
    quotes: &[twice_on_line("\""), twice_on_line("'")],
    start: "@",
    special: script::matlab,
    ..NONE
};

const fn twice_on_line(quote: &'static str) -> super::super::language::Quote {
    super::super::language::Quote {
        lines: false,
        ..twice(quote, quote)
    }
}

static NIM: Language = Language {
    names: "nim nims nimrod",
    keywords: "and as asm block break case cast const continue converter defer discard distinct div do elif else end enum except export finally for from func if import in include is isnot iterator let macro method mixin mod nil not notin object of or proc ptr raise ref return shl shr static template try tuple type using var when while xor yield",
    soft: "out addr bind concept interface",
    values: "true false",
    declares: "proc func method iterator template macro converter",
    line: &["#"],
    block: &[("#[", "]#", true), ("##[", "]##", true)],
    quotes: &[raw("\"\"\"", "\"\"\""), plain("\"")],
    special: script::nim,
    ..NONE
};

static AWK: Language = Language {
    names: "awk gawk",
    keywords: "BEGIN END break continue delete do else exit for func function getline if in next nextfile print printf return while",
    declares: "function func",
    line: &["#"],
    quotes: &[plain("\"")],
    special: script::typescript,
    ..NONE
};
