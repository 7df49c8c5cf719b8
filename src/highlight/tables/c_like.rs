//! Languages with the comments of C.

use super::super::c;
use super::super::functional;
use super::super::language::{DOLLAR, Language, NONE, long, plain, raw, with};

/// All of them.
pub static ALL: &[&Language] = &[
    &RUST, &C, &OBJC, &CPP, &CSHARP, &JAVA, &GO, &SWIFT, &KOTLIN, &SCALA, &DART, &ZIG, &PROTOBUF,
    &GROOVY, &SOLIDITY, &SHADER, &D, &VERILOG, &FSHARP,
];

const C_LIKE: Language = Language {
    line: &["//"],
    block: &[("/*", "*/", false)],
    quotes: &[plain("\""), plain("'")],
    values: "true false null",
    ..NONE
};

static RUST: Language = Language {
    names: "rust rs",
    keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop macro_rules match mod move mut pub ref return self Self static struct super trait type unsafe use where while yield",
    soft: "union",
    values: "true false None",
    declares: "fn struct enum trait type mod const static macro_rules union",
    block: &[("/*", "*/", true)],
    quotes: &[long("\"")],
    special: c::rust,
    ..C_LIKE
};

static C: Language = Language {
    names: "c h",
    keywords: C_WORDS,
    values: "true false NULL nullptr",
    declares: "struct enum union",
    special: c::c,
    ..C_LIKE
};

const C_WORDS: &str = "auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool _Alignas _Alignof _Atomic _Bool _Generic _Noreturn _Static_assert _Thread_local constexpr typeof alignas alignof static_assert thread_local";

static OBJC: Language = Language {
    names: "objc objective-c objectivec obj-c m mm",
    keywords: C_WORDS,
    soft: "id instancetype BOOL",
    values: "true false NULL YES NO nil self super",
    declares: "struct enum union @interface @implementation @protocol @class",
    special: c::objc,
    ..C_LIKE
};

static CPP: Language = Language {
    names: "cpp c++ cc cxx hpp hxx hh h++ cuda cu arduino ino",
    keywords: "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class co_await co_return co_yield compl const consteval constexpr constinit const_cast continue decltype default delete do double dynamic_cast else enum explicit export extern final float for friend goto if inline int long mutable namespace new noexcept not operator or override private protected public register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template this thread_local throw try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor __global__ __device__ __shared__",
    soft: "module import concept",
    values: "true false nullptr NULL",
    declares: "class struct enum union namespace concept",
    special: c::c,
    ..C_LIKE
};

static CSHARP: Language = Language {
    names: "csharp c# cs dotnet",
    keywords: "abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern finally fixed float for foreach get global goto if implicit in init int interface internal is lock long nameof namespace new not object operator or out override params partial private protected public readonly ref return sbyte sealed set short sizeof stackalloc static string struct switch this throw try typeof uint ulong unchecked unsafe ushort using virtual void volatile while",
    soft: "by dynamic file from group into join let on orderby record required select value var when where with yield",
    declares: "class struct interface enum record namespace",
    special: c::csharp,
    ..C_LIKE
};

static JAVA: Language = Language {
    names: "java jsp",
    keywords: "abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient try void volatile while @interface",
    soft: "permits record sealed var yield non-sealed",
    declares: "class interface enum record @interface",
    quotes: &[long("\"\"\""), plain("\""), plain("'")],
    start: "@",
    ..C_LIKE
};

static GO: Language = Language {
    names: "go golang",
    special: c::go,
    keywords: "any bool break byte case chan complex128 complex64 const continue default defer else error fallthrough float32 float64 for func go goto if import int int16 int32 int64 int8 interface map package range return rune select string struct switch type uint uint16 uint32 uint64 uint8 uintptr var",
    values: "true false nil iota",
    declares: "func type package",
    quotes: &[plain("\""), plain("'"), raw("`", "`")],
    ..C_LIKE
};

static SWIFT: Language = Language {
    names: "swift",
    keywords: "as associatedtype async await break case catch class continue default defer deinit do else enum extension fallthrough fileprivate final for func guard if import in init inout internal is let operator override private protocol public repeat rethrows return self Self static struct subscript super switch throw throws try typealias var where while",
    soft: "actor any convenience didSet willSet dynamic get set indirect infix isolated lazy mutating nonisolated nonmutating open optional postfix precedencegroup prefix required some weak unowned",
    values: "true false nil",
    declares: "func class struct enum protocol extension actor typealias associatedtype",
    block: &[("/*", "*/", true)],
    quotes: &[with(long("\"\"\""), c::SWIFT), with(plain("\""), c::SWIFT)],
    special: c::swift,
    ..C_LIKE
};

static KOTLIN: Language = Language {
    names: "kotlin kt kts",
    keywords: "abstract as break catch class const continue do else finally for fun if import in interface is noinline object override package private protected public reified return sealed super suspend tailrec this throw try typealias val var vararg when where while",
    soft: "actual annotation by companion constructor crossinline data dynamic enum expect external final get infix init inner inline internal lateinit open operator out set value",
    declares: "fun class interface object typealias package",
    block: &[("/*", "*/", true)],
    quotes: &[
        with(raw("\"\"\"", "\"\"\""), DOLLAR),
        with(plain("\""), DOLLAR),
    ],
    special: c::characters,
    ..C_LIKE
};

static SCALA: Language = Language {
    names: "scala sc sbt",
    keywords: "abstract case catch class def do else enum export extends final finally for forSome given if implicit import lazy match new object override package private protected return sealed super then this throw trait try type val var while with yield",
    soft: "derives end extension infix inline opaque open transparent using",
    declares: "def class object trait type enum package",
    block: &[("/*", "*/", true)],
    quotes: &[
        with(raw("\"\"\"", "\"\"\""), DOLLAR),
        with(plain("\""), DOLLAR),
    ],
    special: c::characters,
    ..C_LIKE
};

static DART: Language = Language {
    names: "dart flutter",
    keywords: "abstract assert base bool break case catch class const continue default do double dynamic else enum extends final finally for Function if in int is new num rethrow return String super switch this throw try var void while with yield",
    soft: "as async await covariant deferred export extension external factory get hide implements import interface late library mixin of on operator part required sealed set show static sync typedef when",
    declares: "class enum mixin extension typedef",
    block: &[("/*", "*/", true)],
    quotes: &[
        with(long("'''"), DOLLAR),
        with(long("\"\"\""), DOLLAR),
        with(plain("'"), DOLLAR),
        with(plain("\""), DOLLAR),
    ],
    special: c::dart,
    ..C_LIKE
};

static ZIG: Language = Language {
    names: "zig",
    keywords: "addrspace align allowzero and anyframe anytype asm async await bool break callconv catch comptime const continue defer else enum errdefer error export extern f32 f64 fn for i16 i32 i64 i8 if inline isize linksection noalias noinline nosuspend opaque or orelse packed pub resume return struct suspend switch threadlocal try type u16 u32 u64 u8 union unreachable usize usingnamespace var void volatile while",
    soft: "test",
    values: "true false null undefined",
    declares: "fn",
    block: &[],
    special: c::zig,
    ..C_LIKE
};

static PROTOBUF: Language = Language {
    names: "protobuf proto proto3",
    keywords: "edition enum extend extensions fixed32 fixed64 group import int32 int64 max message oneof option optional package public repeated required reserved returns rpc service sfixed32 sfixed64 sint32 sint64 stream syntax uint32 uint64",
    soft: "to weak string double float bool bytes map",
    values: "true false",
    declares: "message enum service rpc oneof",
    ..C_LIKE
};

static GROOVY: Language = Language {
    names: "groovy gradle jenkinsfile",
    keywords: "abstract as assert boolean break byte case catch char class const continue def default do double else enum extends final finally float for goto if implements import in instanceof int interface long native new package private protected public return short static super switch synchronized this throw throws trait transient try void volatile while var",
    declares: "class interface trait enum def",
    quotes: &[
        long("'''"),
        with(long("\"\"\""), DOLLAR),
        plain("'"),
        with(plain("\""), DOLLAR),
    ],
    ..C_LIKE
};

static SOLIDITY: Language = Language {
    names: "solidity sol",
    keywords: "abstract address anonymous as assembly bool break bytes bytes32 calldata catch constant constructor continue contract delete do else emit enum event external fallback final fixed for function if immutable import indexed int int256 interface internal is library mapping memory modifier new override payable pragma private public pure receive return returns revert storage string struct super this throw try type uint uint256 uint8 unchecked using var view virtual while",
    soft: "error from",
    declares: "contract interface library function event error modifier struct enum",
    ..C_LIKE
};

static SHADER: Language = Language {
    names: "glsl hlsl wgsl shader vert frag metal",
    keywords: "array attribute bool break buffer case const continue default discard do else false flat float fn for f32 highp i32 if in inout int invariant layout let loop lowp mat2 mat3 mat4 mediump out override precision private return sampler sampler2D samplerCube shared smooth storage struct switch texture_2d true u32 uint uniform var varying vec2 vec3 vec4 void while workgroup",
    declares: "fn struct",
    special: c::c,
    ..C_LIKE
};

static D: Language = Language {
    names: "d dlang",
    keywords: "abstract alias align asm assert auto bool break byte case cast catch char class const continue dchar debug default delegate delete deprecated do double else enum export extern final finally float for foreach foreach_reverse function goto if immutable import in inout int interface invariant is lazy long mixin module new nothrow out override package pragma private protected public pure ref return scope shared short static struct super switch synchronized template this throw try typeid typeof ubyte uint ulong union unittest ushort void wchar while with",
    soft: "body version",
    declares: "class struct interface enum union template module",
    block: &[("/*", "*/", false), ("/+", "+/", true)],
    quotes: &[long("\""), raw("`", "`"), plain("'")],
    ..C_LIKE
};

static VERILOG: Language = Language {
    names: "verilog systemverilog sv v",
    keywords: "always always_comb always_ff and assign automatic begin bit buf case casex casez class const default defparam disable edge else end endcase endclass endfunction endgenerate endinterface endmodule endpackage endtask enum for forever function generate genvar if import initial inout input int integer interface localparam logic modport module negedge nor not or output package parameter posedge real reg repeat return signed struct task time typedef unsigned while wire xor",
    declares: "module function task interface package class",
    quotes: &[plain("\"")],
    start: "$`",
    ..C_LIKE
};

static FSHARP: Language = Language {
    names: "fsharp f# fs fsx fsi",
    keywords: "abstract and as assert async base begin class default delegate do done downcast downto elif else end exception extern finally fixed for fun function if in inherit inline interface internal lazy let match member module mutable namespace new not of open or override private public rec return seq sig static struct task then to try type upcast use val void when while with yield",
    declares: "let rec member type module namespace exception val",
    block: &[("(*", "*)", true)],
    quotes: &[long("\"\"\""), long("\"")],
    inner: "'",
    special: functional::fsharp,
    ..C_LIKE
};
