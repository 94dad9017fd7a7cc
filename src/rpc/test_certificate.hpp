// Certificates for tests: signed by themselves, made when they are asked for.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace dusk::rpc {

struct TestCertificate {
    std::string chain{};  // PEM
    std::string key{};    // PEM
};

// `names` as OpenSSL writes them: "IP:127.0.0.1,DNS:node.example". `seconds`: until it is over, from now on.
inline TestCertificate make_test_certificate(const std::string& names = "IP:127.0.0.1", long seconds = 86'400,
                                             const std::string& passphrase = "") {
    const auto require = [](bool is_good) {
        if (!is_good) throw std::runtime_error("no certificate can be made");
    };
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    require(key && certificate);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -10 * 86'400);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds);
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    const auto add = [&](int kind, const std::string& value) {
        const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()), X509_EXTENSION_free);
        require(extension && X509_add_ext(certificate.get(), extension.get(), -1) == 1);
    };
    add(NID_subject_alt_name, names);
    add(NID_basic_constraints, "critical,CA:TRUE");
    require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

    const auto text_of = [&](auto write) {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
        require(write(out.get()) == 1);
        const char* data = nullptr;
        const long size = BIO_get_mem_data(out.get(), &data);
        return std::string(data, static_cast<std::size_t>(size));
    };
    TestCertificate made;
    made.chain = text_of([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
    made.key = text_of([&](BIO* out) {
        const bool is_open = passphrase.empty();
        return PEM_write_bio_PKCS8PrivateKey(out, key.get(), is_open ? nullptr : EVP_aes_256_cbc(),
                                             is_open ? nullptr : passphrase.c_str(),
                                             static_cast<int>(passphrase.size()), nullptr, nullptr);
    });
    return made;
}

}  // namespace dusk::rpc
