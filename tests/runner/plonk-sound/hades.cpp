// hades.json: the constants of the permutation in circuits.
#include "plonk/hades_sparse.hpp"
#include "report.hpp"
#include "table_checks.hpp"

namespace dusk::vectors {
namespace {

void check_matrix(const plonk::HadesMatrix& matrix, const Node& expected, Report& report) {
    const auto rows = expected.items();
    report.expect(rows.size() == matrix.size(), expected, "other number of rows");
    for (std::size_t i = 0; i < std::min(rows.size(), matrix.size()); ++i) check_values(matrix[i], rows[i], report);
}

void hades_file(const Node& root, Report& report) {
    root["seed"].describe();
    const Node c = root["hades"];
    report.run(c, [&] {
        const plonk::SparseHades& hades = plonk::sparse_hades();
        check_values(hades.constants, c["optimised_round_constants"], report);
        check_matrix(hades.dense, c["dense"], report);
        check_matrix(hades.pre_sparse, c["pre_sparse"], report);
        const Node sparse = c["sparse_first_column_then_first_row_without_corner"];
        const auto matrices = sparse.items();
        report.expect(matrices.size() == hades.sparse.size(), sparse, "other number of matrices");
        for (std::size_t i = 0; i < std::min(matrices.size(), hades.sparse.size()); ++i) {
            std::vector<crypto::Fq> values(hades.sparse[i].column.begin(), hades.sparse[i].column.end());
            values.insert(values.end(), hades.sparse[i].row.begin(), hades.sparse[i].row.end());
            check_values(values, matrices[i], report);
        }
    });
}

const Registered registered{{"plonk-sound", "hades", {"hades", "seed"}, hades_file}};

}  // namespace
}  // namespace dusk::vectors
