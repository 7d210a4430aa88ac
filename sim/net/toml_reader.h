#pragma once

#include "sim/base/error.h"
#include "sim/base/time.h"
#include "sim/net/scenario.h"

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::net {

using Keys = std::span<const std::string_view>;

template <class T>
struct Word {
    std::string_view text{};
    T value{};
};

/// Takes values out of the tree that toml++ has made. The first thing that is wrong is kept, with
/// its place, what was expected, and the nearest right word. For the parsers of TOML files.
class TomlReader {
public:
    explicit TomlReader(std::string_view origin) : origin_{origin} {}

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }
    [[nodiscard]] std::string_view origin() const { return origin_; }
    void fail(const toml::source_region& place, const std::string& what);

    /// Fails where the table has another key.
    void knowOnly(const toml::table& table, Keys keys, std::string_view where);

    // Each gives nothing where the key is not there, and fails where it holds something else.
    const toml::table* table(const toml::node* node, std::string_view what);
    /// The tables of a list.
    std::vector<const toml::table*> tables(const toml::table& in, std::string_view key);
    std::optional<std::string> string(const toml::table& in, std::string_view key);
    std::optional<std::int64_t> integer(const toml::table& in,
                                        std::string_view key,
                                        std::int64_t least,
                                        std::int64_t most);
    std::optional<Duration> duration(const toml::table& in, std::string_view key);
    std::optional<bool> boolean(const toml::table& in, std::string_view key);
    /// A number from 0 to 1.
    std::optional<double> share(const toml::table& in, std::string_view key);
    /// The texts en and zh_CN, both of which are needed.
    Bilingual bilingual(const toml::table& in, std::string_view key);

    /// The value of the word that `text` is; the first one's where it is none of them.
    template <class Words>
    auto word(const toml::node& node,
              std::string_view text,
              const Words& words,
              std::string_view what) -> decltype(words[0].value) {
        std::vector<std::string_view> names;
        for (const auto& word : words) {
            if (word.text == text) return word.value;
            names.push_back(word.text);
        }
        unknown(node.source(), text, names, what);
        return words[0].value;
    }
    template <class Words>
    auto word(const toml::table& in,
              std::string_view key,
              const Words& words,
              std::string_view what) -> std::optional<decltype(words[0].value)> {
        const auto text = string(in, key);
        if (!text) return std::nullopt;
        return word(*in.get(key), *text, words, what);
    }

private:
    void unknown(const toml::source_region& place,
                 std::string_view text,
                 Keys names,
                 std::string_view what);

    std::string origin_;
    std::optional<Error> error_{};
};

/// The tree of a TOML text. The error says place and cause.
[[nodiscard]] Expected<toml::table, Error> parseToml(std::string_view text,
                                                     std::string_view origin);

/// Puts the setting in the place of what the tree has there.
[[nodiscard]] std::optional<Error> apply(const Setting& setting, toml::table& root);

}  // namespace tcplab::net
