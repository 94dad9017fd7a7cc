#include "app/crs_cli.hpp"

#include <memory>

#include "app/core_dump.hpp"
#include "app/crs_commands.hpp"
#include "crypto/os_random.hpp"
#include "node/thread_pool.hpp"
#include "plonk/ceremony.hpp"
#include "plonk/parameters_pin.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter =
    R"(Proofs rest on public parameters (CRS): points x^i G for a secret x that nobody may know. Whoever
knows x can prove anything, money from nothing included.

A ceremony makes x in parts. A file goes from one contributor to the next. Each multiplies its points
by the powers of an own random number, adds a proof of having known that number, and forgets it. The
secret x is the product of all these numbers: to know it, one must know every one of them. So it is
enough that ONE contributor was honest and really forgot, whoever and wherever the others were.

How it is run:
  1. Somebody starts:                dusk crs new my.crs --powers 17
  2. One after the other, everybody: dusk crs contribute my.crs --name "Ada Lovelace"
     and publishes the digest that is printed, then hands the file on. What was contributed before is
     checked first. Use a machine that you trust, and switch it off afterwards.
  3. Everybody, in the end:          dusk crs verify my.crs
     and looks for the own digest in the list. Anyone can do this, at any time.
  4. The result, for the network:    dusk crs export my.crs network.crs

Other examples:
  dusk crs info my.crs               who contributed, and the digests of the result
  dusk crs verify network.crs --network rusk
  dusk crs devnet devnet.crs         the parameters of local networks; their secret is public

Existing files are never replaced without --force; only `contribute` puts the next state of a ceremony
in the place of the last one.

Exit status:
  0 done                    4 a file is truncated, damaged, refused, or not the network's
  1 something else failed   5 a file is missing, unreadable, in the way or cannot be written
  2 wrong usage)";

void add_path(CLI::App& app, std::filesystem::path& path, const std::string& name, const std::string& what) {
    app.add_option(name, path, what)->required()->type_name("");
}

void add_force(CLI::App& app, Overwrite& overwrite) {
    app.add_flag_callback("--force", [&overwrite] { overwrite = Overwrite::allow; }, "Replace an existing file");
}

void add_format(CLI::App& app, CrsFormat& format) {
    const std::map<std::string, CrsFormat> names{{"checked", CrsFormat::checked}, {"raw", CrsFormat::raw}};
    app.add_option("--format", format,
                   "checked (as networks publish and pin it; the default) or raw (twice as large, quicker to read)")
        ->type_name("FORMAT")
        ->transform(CLI::Transformer(names))
        ->check(CLI::IsMember({CrsFormat::checked, CrsFormat::raw}));
}

// `run` gets the command, the system's randomness and all threads of the machine.
template <class Command, class Describe, class Run>
void add_command(CLI::App& crs, Chosen& chosen, const std::string& name, const std::string& what, Describe describe,
                 Run run) {
    CLI::App* app = crs.add_subcommand(name, what);
    const auto command = std::make_shared<Command>();
    describe(*app, *command);
    app->add_flag("--json", chosen.json, "Print one JSON object, errors too");
    app->callback([&chosen, command, run] {
        chosen.command = [command, run] {
            crypto::OsRandom random;
            node::ThreadPool threads;
            return run(*command, random, threads);
        };
    });
}

void add_new(CLI::App& crs, Chosen& chosen) {
    add_command<CrsNew>(
        crs, chosen, "new", "Start a ceremony that nobody has contributed to",
        [](CLI::App& app, CrsNew& command) {
            add_path(app, command.file, "FILE", "The ceremony file to write");
            app.add_option("--powers", command.powers, "K for 2^K + 10 points: enough for circuits of 2^K rows")
                ->type_name("K")
                ->check(CLI::Range(plonk::Ceremony::kSmallestLog2, plonk::Ceremony::kLargestLog2))
                ->capture_default_str();
            add_force(app, command.overwrite);
        },
        [](const CrsNew& command, RandomSource&, Executor&) { return new_crs(command); });
}

void add_contribute(CLI::App& crs, Chosen& chosen) {
    add_command<CrsContribute>(
        crs, chosen, "contribute", "Check a ceremony, add a secret of your own to it and forget the secret",
        [](CLI::App& app, CrsContribute& command) {
            add_path(app, command.file, "FILE", "The ceremony file; its next state takes its place");
            app.add_option("--name", command.name, "Who contributes, for everybody to read: up to 64 bytes")
                ->required()
                ->type_name("NAME");
            auto* file = app.add_option("--seed-file", command.seed.file,
                                        "Draw the secret from this seed: for tests and development, protects nobody");
            auto* descriptor =
                app.add_option("--seed-fd", command.seed.descriptor, "The same, from this open file descriptor");
            file->type_name("FILE")->excludes(descriptor);
            descriptor->type_name("N")->excludes(file)->check(CLI::NonNegativeNumber);
        },
        [](const CrsContribute& command, RandomSource& random, Executor& executor) {
            forbid_core_dumps();
            return contribute_to_crs(command, random, executor);
        });
}

void add_verify(CLI::App& crs, Chosen& chosen) {
    add_command<CrsVerify>(
        crs, chosen, "verify", "Check a ceremony or parameters completely",
        [](CLI::App& app, CrsVerify& command) {
            add_path(app, command.file, "FILE", "A ceremony file, or parameters in either format");
            app.add_option("--network", command.network, "Also check that this network (rusk, devnet) accepts them")
                ->type_name("NAME");
        },
        verify_crs_file);
}

void add_outputs(CLI::App& crs, Chosen& chosen) {
    add_command<CrsExport>(
        crs, chosen, "export", "Check a file and write its parameters in a format of the network",
        [](CLI::App& app, CrsExport& command) {
            add_path(app, command.file, "FILE", "A ceremony file, or parameters in either format");
            add_path(app, command.out, "OUT", "The file to write");
            add_format(app, command.format);
            add_force(app, command.overwrite);
        },
        export_crs);
    add_command<CrsDevnet>(
        crs, chosen, "devnet", "Write the development parameters, whose secret is public",
        [](CLI::App& app, CrsDevnet& command) {
            add_path(app, command.out, "OUT", "The file to write");
            add_format(app, command.format);
            add_force(app, command.overwrite);
        },
        [](const CrsDevnet& command, RandomSource&, Executor& executor) {
            return export_devnet_crs(command, executor);
        });
}

}  // namespace

void add_crs_commands(CLI::App& dusk, Chosen& chosen) {
    CLI::App* crs = dusk.add_subcommand("crs", "Public parameters: ceremonies, checks, formats");
    crs->require_subcommand(1);
    add_new(*crs, chosen);
    add_contribute(*crs, chosen);
    add_verify(*crs, chosen);
    add_command<CrsInfo>(
        *crs, chosen, "info", "Show what a file holds, without checking that it is sound",
        [](CLI::App& app, CrsInfo& command) {
            add_path(app, command.file, "FILE", "A ceremony file, or parameters in either format");
        },
        [](const CrsInfo& command, RandomSource&, Executor& executor) { return crs_info(command, executor); });
    add_outputs(*crs, chosen);
    crs->footer(kFooter);  // after the commands, which would inherit it
}

}  // namespace dusk::app
