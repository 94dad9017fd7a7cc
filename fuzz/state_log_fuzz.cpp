// Records of the log of a state store. What decodes is written with the same bytes; what is replayed is a state with
// the root that the record claims; scanning damaged bytes ends.
#include "require.hpp"
#include "vm/store/commits.hpp"
#include "vm/store/memory_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    using namespace dusk::vm;
    using fuzz::require;
    const ByteView bytes(data, size);

    if (const auto record = CommitRecord::decode(bytes)) require(equal(record->encode(), bytes));

    MemoryFiles files;
    const auto pages = *PageFiles::open(files, "db");
    Commits commits;
    for (const RecordType type : {RecordType::commit, RecordType::finalize, RecordType::remove, RecordType::commit}) {
        (void)commits.replay({.type = type, .payload = bytes, .offset = 0}, *pages);
    }
    for (const auto& [root, commit] : commits.all()) {
        require(commit.state->root() == root);
        const CommitRecord again = commits.record_of(*commit.state, Hash{}, true);
        Commits copy;
        if (commits.main()) copy.set_main(commits.main());
        if (again.parent == CommitRecord::Parent::commit) copy = commits;
        require(copy.replay({.type = RecordType::commit, .payload = again.encode(), .offset = 0}, *pages));
        require(copy.main()->root() == root);
    }

    LogReader reader = LogReader::of_tail(bytes, 1, 100);
    while (reader.next() || reader.skip_damage()) {
    }
    (void)LogReader::open(bytes);
    return 0;
}
