// g1.json, g2.json
#include "base/cpu.hpp"
#include "base/executor.hpp"
#include "crypto/bucket_msm.hpp"
#include "crypto/g1.hpp"
#include "crypto/g1_batch_ifma.hpp"
#include "crypto/g1_batch_portable.hpp"
#include "crypto/g2.hpp"
#include "crypto/msm.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

using crypto::Fq;
using crypto::G1Curve;
using crypto::G2Curve;

template <class Curve>
struct Group {
    using Affine = crypto::AffinePoint<Curve>;
    using Projective = crypto::ProjectivePoint<Curve>;

    static Affine point(const Node& node) {
        const auto decoded = Affine::from_compressed(node.hex());
        if (!decoded) node.complain("does not decode");
        return *decoded;
    }
    static Fq scalar(const Node& node) {
        const auto decoded = Fq::from_bytes(node.hex());
        if (!decoded) node.complain("does not decode");
        return *decoded;
    }

    static void all_forms(const Affine& point, const Node& c, Report& report) {
        report.expect_bytes(point.to_uncompressed(), c["uncompressed"]);
        report.expect_bytes(point.to_raw_bytes(), c["raw"]);
        report.expect_bytes(point.to_archive(), c["rkyv"]);
        const auto from_archive = Affine::from_archive(c["rkyv"].hex());
        report.expect(from_archive && *from_archive == point, c["rkyv"], "the archive does not read back");
        const auto from_uncompressed = Affine::from_uncompressed(c["uncompressed"].hex());
        report.expect(from_uncompressed && *from_uncompressed == point, c["uncompressed"], "does not read back");
    }
    static void constant(const Affine& point, const Node& c, Report& report) {
        report.run(c, [&] {
            report.expect_bytes(point.to_compressed(), c["compressed"]);
            report.expect(Group::point(c["compressed"]) == point, c, "decodes to another point");
            all_forms(point, c, report);
        });
    }

    static void compressed(const Node& section, Report& report) {
        for (const Node& c : section.items()) {
            report.run(c, [&] {
                c["note"].describe();
                const Bytes in = c["in"].hex();
                const auto decoded = Affine::from_compressed(in);
                report.expect(decoded.has_value() == c["ok"].boolean(), c["ok"], "another verdict");
                const auto unchecked = Affine::from_compressed_unchecked(in);
                report.expect(unchecked.has_value() == c["ok_without_subgroup_check"].boolean(),
                              c["ok_without_subgroup_check"], "another verdict");
                if (decoded) {
                    report.expect_bytes(decoded->to_compressed(), c["in"]);
                    all_forms(*decoded, c, report);
                } else {
                    for (const char* field : {"uncompressed", "raw", "rkyv"}) {
                        report.expect(c[field].is_null(), c[field], "official has a value");
                    }
                }
            });
        }
    }

    static void uncompressed(const Node& section, Report& report) {
        for (const Node& c : section.items()) {
            report.run(c, [&] {
                c["note"].describe();
                const auto decoded = Affine::from_uncompressed(c["in"].hex());
                report.expect(decoded.has_value() == c["ok"].boolean(), c["ok"], "another verdict");
                if (decoded) {
                    report.expect_bytes(decoded->to_compressed(), c["compressed"]);
                    report.expect_bytes(decoded->to_uncompressed(), c["in"]);
                } else {
                    report.expect(c["compressed"].is_null(), c["compressed"], "official has a value");
                }
            });
        }
    }

    static void arithmetic(const Node& root, Report& report) {
        for (const Node& c : root["mul"].items()) {
            report.run(c, [&] {
                const Projective product = Projective::generator() * scalar(c["k"]);
                report.expect_bytes(product.to_affine().to_compressed(), c["k_times_generator"]);
            });
        }
        for (const Node& c : root["add"].items()) {
            report.run(c, [&] {
                const Affine a = point(c["a"]);
                const Affine b = point(c["b"]);
                const std::array<Projective, 5> results{Projective(a) + b, Projective(a) - b, Projective(a).doubled(),
                                                        Projective(b) * scalar(c["k"]), Projective(a) + Projective(b)};
                const std::vector<Affine> affine = Projective::batch_to_affine(results);
                report.expect_bytes(affine[0].to_compressed(), c["sum"]);
                report.expect_bytes(affine[1].to_compressed(), c["difference"]);
                report.expect_bytes(affine[2].to_compressed(), c["double_a"]);
                report.expect_bytes(affine[3].to_compressed(), c["k_times_b"]);
                report.expect_bytes(affine[4].to_compressed(), c["sum"]);
                report.expect_bytes(results[0].to_affine().to_compressed(), c["sum"]);
            });
        }
    }

    static void run(const Node& root, Report& report) {
        constant(Affine::generator(), root["generator"], report);
        constant(Affine::identity(), root["identity"], report);
        compressed(root["compressed"], report);
        uncompressed(root["uncompressed"], report);
        arithmetic(root, report);
    }
};

void multi_scalar_multiplication(const Node& section, Report& report) {
    using G1 = Group<G1Curve>;
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            std::vector<crypto::G1Affine> points;
            std::vector<Fq> scalars;
            for (const Node& item : c["points"].items()) points.push_back(G1::point(item));
            for (const Node& item : c["scalars"].items()) scalars.push_back(G1::scalar(item));
            const auto expect = [&](const crypto::G1Projective& sum) {
                report.expect_bytes(sum.to_affine().to_compressed(), c["out"]);
            };
            SerialExecutor executor;
            expect(crypto::G1Projective::sum_of_products_vartime(points, scalars));
            expect(crypto::msm_vartime(points, scalars, executor));
            // The method for many points, which these few would not get.
            const crypto::WindowPlan plan(6);
            expect(crypto::BucketMsm<crypto::PortableG1>(plan, executor).sum(points, scalars));
#if defined(__x86_64__)
            if (!cpu_features().avx512_ifma) return;
            expect(crypto::BucketMsm<crypto::IfmaG1>(plan, executor).sum(points, scalars));
#endif
        });
    }
}

void g1(const Node& root, Report& report) {
    Group<G1Curve>::run(root, report);
    multi_scalar_multiplication(root["msm"], report);
}

const Registered registered_g1{
    {"crypto", "g1", {"add", "compressed", "generator", "identity", "msm", "mul", "uncompressed"}, g1}};
const Registered registered_g2{
    {"crypto", "g2", {"add", "compressed", "generator", "identity", "mul", "uncompressed"}, Group<G2Curve>::run}};

}  // namespace
}  // namespace dusk::vectors
