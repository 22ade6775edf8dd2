// swift-tools-version: 6.2
import PackageDescription

/// The settings every Swift target is built with (see CONTRIBUTING.md).
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A C library of the system: a module map, a shim for what Swift cannot see, and where it comes from.
func binding(_ name: String, in folder: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "\(folder)/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A C library that is opened when one of its functions is first called: `CDelayLoad` has stubs for them, so
/// that only the headers are needed here. On other processors it is linked as usual.
func lateBinding(_ name: String, in folder: String, pkgConfig: String, apt: String) -> Target {
  #if arch(x86_64)
    let headers = "\(Context.packageDirectory)/\(folder)/\(name)/headers.pc"
    return binding(name, in: folder, pkgConfig: headers, apt: apt)
  #else
    return binding(name, in: folder, pkgConfig: pkgConfig, apt: apt)
  #endif
}

/// A Swift target that lives in the folder of its own name.
func room(_ name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: strict)
}

/// The tests of one room.
func tests(_ name: String, _ dependencies: [Target.Dependency], goldens: Bool = false) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"],
    path: "Tests/\(name)Tests", exclude: goldens ? ["Golden"] : [], swiftSettings: strict)
}

let bindings = "Sources/Parts/Bindings"

let package = Package(
  name: "darkroom",
  products: [
    .executable(name: "darkroom", targets: ["darkroom"]),
    .library(name: "Seedream", targets: ["Seedream"]),
    // For tests: loaded into a program whose clock is to be set.
    .library(name: "SkewedClock", type: .dynamic, targets: ["CSkewedClock"]),
  ],
  targets: [
    // Parts: thin owners of C libraries. No domain words.
    lateBinding("CCurl", in: bindings, pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    lateBinding("CMicrohttpd", in: bindings, pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
    binding("CSQLite", in: bindings, pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    lateBinding("CPixbuf", in: bindings, pkgConfig: "gdk-pixbuf-2.0", apt: "libgdk-pixbuf-2.0-dev"),
    lateBinding("CChafa", in: bindings, pkgConfig: "chafa", apt: "libchafa-dev"),
    lateBinding("CCairo", in: bindings, pkgConfig: "cairo", apt: "libcairo2-dev"),
    binding("CYAML", in: bindings, pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    binding("CNettle", in: bindings, pkgConfig: "nettle", apt: "nettle-dev"),
    binding("CZlib", in: bindings, pkgConfig: "zlib", apt: "zlib1g-dev"),
    lateBinding("CBrotli", in: bindings, pkgConfig: "libbrotlidec", apt: "libbrotli-dev"),
    lateBinding("CZstd", in: bindings, pkgConfig: "libzstd", apt: "libzstd-dev"),
    .target(name: "CPosix", path: "\(bindings)/CPosix"),
    .target(
      name: "CServerHooks", path: "\(bindings)/CServerHooks",
      // The library is to meet the function of this name when it is opened.
      linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic-symbol=MHD_queue_response"])]),
    .target(name: "CDelayLoad", path: "\(bindings)/CDelayLoad"),
    room("Posix", in: "Sources/Parts", ["CPosix"]),
    room("Hashing", in: "Sources/Parts", ["CNettle"]),
    room(
      "HTTP", in: "Sources/Parts",
      ["CCurl", "CMicrohttpd", "CZlib", "CBrotli", "CZstd", "CServerHooks", "CDelayLoad", "Posix"]),
    room("SQLite", in: "Sources/Parts", ["CSQLite"]),
    room("Imaging", in: "Sources/Parts", ["CPixbuf", "CChafa", "CCairo", "CDelayLoad"]),
    room("YAML", in: "Sources/Parts", ["CYAML"]),

    // Core: what the product does. No terminal.
    .target(
      name: "Seedream", path: "Sources/Core/Seedream", exclude: ["WIRE.md"], swiftSettings: strict),
    room("Jobs", in: "Sources/Core", ["Seedream"]),
    room("Paging", in: "Sources/Core"),
    room("Secrets", in: "Sources/Core", ["Seedream", "Posix"]),
    room("Settings", in: "Sources/Core", ["Seedream", "YAML", "Posix"]),
    room(
      "Gallery", in: "Sources/Core",
      ["Jobs", "Paging", "Seedream", "SQLite", "Imaging", "Hashing", "Posix"]),
    room("SandboxArt", in: "Sources/Core", ["Imaging"]),
    room("Sandbox", in: "Sources/Core", ["SandboxArt", "Seedream", "HTTP", "Imaging", "Posix"]),
    room("Gateway", in: "Sources/Core", ["Secrets", "Jobs", "Seedream", "HTTP", "Posix"]),
    room(
      "Studio", in: "Sources/Core",
      ["Secrets", "Jobs", "Seedream", "Gallery", "Sandbox", "HTTP", "Imaging", "Hashing", "Posix"]),

    // Front: what a person sees. No network, no database.
    binding("CNcurses", in: "Sources/Front", pkgConfig: "ncursesw", apt: "libncurses-dev"),
    room("Screen", in: "Sources/Front"),
    room("Interface", in: "Sources/Front", ["Screen", "Jobs", "Paging", "Seedream"]),
    .target(name: "CRestore", path: "Sources/Front/CRestore"),
    room("Terminal", in: "Sources/Front", ["Screen", "CNcurses", "CRestore", "Posix"]),

    // The program.
    room(
      "App", in: "Sources",
      ["Studio", "Gallery", "Jobs", "Secrets", "Settings", "Seedream", "HTTP", "Posix"]),
    .executableTarget(
      name: "darkroom",
      dependencies: [
        "App", "Interface", "Screen", "Terminal", "Studio", "Gallery", "Paging", "Gateway",
        "Secrets", "Settings", "Jobs", "Seedream", "Sandbox", "HTTP", "Imaging", "Posix",
      ],
      path: "Sources/darkroom", swiftSettings: strict),

    // Tests: real parts, and a real terminal emulator.
    binding("CVTerm", in: "Tests", pkgConfig: "vterm", apt: "libvterm-dev"),
    .target(
      name: "TestSupport", dependencies: ["CVTerm", "Screen", "HTTP", "Posix"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .target(name: "CSkewedClock", path: "Tests/CSkewedClock"),
    .target(name: "CStalledDisk", path: "Tests/CStalledDisk"),
    .executableTarget(
      name: "faults", dependencies: ["Sandbox", "Hashing", "Posix", "TestSupport"],
      path: "Tests/faults", swiftSettings: strict),
    tests("Posix", ["Posix"]),
    tests("Hashing", ["Hashing"]),
    tests("HTTP", ["HTTP", "Posix"]),
    tests("SQLite", ["SQLite"]),
    tests("Imaging", ["Imaging"]),
    tests("YAML", ["YAML"]),
    room("RecordedReplies", in: "Tests", ["Seedream"]),
    .executableTarget(
      name: "fuzz-replies", dependencies: ["RecordedReplies", "Posix"], path: "Tests/fuzz-replies",
      swiftSettings: strict),
    tests("Seedream", ["Seedream", "RecordedReplies"]),
    tests("Jobs", ["Jobs", "Seedream"]),
    tests("Secrets", ["Secrets", "Seedream", "Posix"]),
    tests("Settings", ["Settings", "Seedream", "Posix"]),
    tests(
      "Gallery",
      ["Gallery", "Jobs", "Paging", "Seedream", "Imaging", "SQLite", "Hashing", "Posix"]),
    tests(
      "Gateway", ["RecordedReplies", "Gateway", "Sandbox", "Jobs", "Seedream", "HTTP", "Posix"]),
    tests("Sandbox", ["Sandbox", "SandboxArt", "Seedream", "HTTP", "Imaging"]),
    tests(
      "Studio",
      [
        "Studio", "Jobs", "Gallery", "Sandbox", "Seedream", "HTTP", "Imaging", "Hashing", "Posix",
        "CStalledDisk",
      ]),
    tests("Screen", ["Screen"]),
    tests("Interface", ["Interface", "Jobs", "Paging", "Screen", "Seedream"], goldens: true),
    .executableTarget(
      name: "terminal-probe", dependencies: ["Terminal", "Screen", "Posix"],
      path: "Tests/terminal-probe",
      swiftSettings: strict),
    tests(
      "Terminal",
      ["Terminal", "Interface", "Paging", "Screen", "Seedream", "Posix", "terminal-probe"]),
    tests(
      "Darkroom",
      [
        "App", "Gallery", "HTTP", "Hashing", "Imaging", "Jobs", "Posix", "Sandbox", "Screen",
        "Seedream", "Settings", "Studio", "darkroom", "faults",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
