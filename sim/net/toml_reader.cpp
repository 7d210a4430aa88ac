#include "sim/net/toml_reader.h"

#include "sim/base/nearest.h"
#include "sim/base/parse_duration.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tcplab::net {
namespace {

std::string didYouMean(std::string_view word, Keys candidates) {
    if (const auto right = nearest(word, candidates))
        return "did you mean \"" + std::string{*right} + "\"?";
    std::string all;
    for (const std::string_view candidate : candidates) {
        if (!all.empty()) all += ", ";
        all += candidate;
    }
    return "expected one of: " + all;
}

std::string quoted(std::string_view text) {
    return '"' + std::string{text} + '"';
}

/// "file.toml:3:14"
std::string placeOf(std::string_view origin, const toml::source_region& region) {
    return std::string{origin} + ":" + std::to_string(region.begin.line) + ":" +
           std::to_string(region.begin.column);
}

/// Tables are joined; whatever else is there already is replaced.
void merge(toml::table&& from, toml::table& into) {
    for (auto&& [key, value] : from) {
        toml::table* inner = value.as_table();
        toml::table* outer = into[key.str()].as_table();
        if (inner != nullptr && outer != nullptr)
            merge(std::move(*inner), *outer);
        else
            into.insert_or_assign(key, std::move(value));
    }
}

/// As text in quotes.
std::string asString(std::string_view value) {
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text + '"';
}

}  // namespace

// toml++ reports what it cannot parse by an exception, which goes no further than here.
Expected<toml::table, Error> parseToml(std::string_view text, std::string_view origin) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& broken) {
        return Unexpected{
            Error{Error::Code::NotReadable,
                  placeOf(origin, broken.source()) + ": " + std::string{broken.description()}}};
    }
}

Expected<Setting, Error> parseSetting(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == text.npos || equals + 1 == text.size())
        return Unexpected{Error{
            Error::Code::Usage,
            "'" + std::string{text} + "' is no setting; write KEY=VALUE, as in link.delay=50ms"}};
    return Setting{std::string{text.substr(0, equals)}, std::string{text.substr(equals + 1)}};
}

std::optional<Error> apply(const Setting& setting, toml::table& root) {
    const std::string name = setting.key + "=" + setting.value;
    std::string cause;
    for (const std::string& value : {setting.value, asString(setting.value)}) {
        try {
            merge(toml::parse(setting.key + " = " + value, name), root);
            return std::nullopt;
        } catch (const toml::parse_error& broken) {
            cause = broken.description();
        }
    }
    return Error{Error::Code::Usage, name + ": " + cause};
}

void TomlReader::fail(const toml::source_region& region, const std::string& what) {
    if (error_) return;
    const bool isSetting = region.path != nullptr;  // Only apply() names a source.
    error_ = isSetting ? Error{Error::Code::Usage, *region.path + ": " + what}
                       : Error{Error::Code::NotReadable, placeOf(origin_, region) + ": " + what};
}

void TomlReader::unknown(const toml::source_region& region,
                         std::string_view text,
                         Keys names,
                         std::string_view what) {
    fail(region, quoted(text) + " is no " + std::string{what} + "; " + didYouMean(text, names));
}

void TomlReader::knowOnly(const toml::table& table, Keys keys, std::string_view where) {
    for (const auto& [key, value] : table)
        if (std::ranges::find(keys, key.str()) == keys.end())
            unknown(key.source(), key.str(), keys, "key of " + std::string{where});
}

const toml::table* TomlReader::table(const toml::node* node, std::string_view what) {
    if (node == nullptr) return nullptr;
    if (const toml::table* found = node->as_table()) return found;
    fail(node->source(), "expected " + std::string{what} + " as a table");
    return nullptr;
}

std::vector<const toml::table*> TomlReader::tables(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return {};
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        fail(node->source(), "expected " + quoted(key) + " as a list in [ ]");
        return {};
    }
    std::vector<const toml::table*> found;
    for (const toml::node& element : *list)
        if (const toml::table* one = table(&element, "an element of " + quoted(key)))
            found.push_back(one);
    return found;
}

std::optional<std::string> TomlReader::string(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* text = node->as_string()) return text->get();
    fail(node->source(), "expected " + quoted(key) + " as text in quotes");
    return std::nullopt;
}

std::optional<std::int64_t> TomlReader::integer(const toml::table& in,
                                                std::string_view key,
                                                std::int64_t least,
                                                std::int64_t most) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    const auto* number = node->as_integer();
    if (number != nullptr && least <= number->get() && number->get() <= most) return number->get();
    fail(node->source(),
         "expected " + quoted(key) + " as a whole number from " + std::to_string(least) + " to " +
             std::to_string(most));
    return std::nullopt;
}

std::optional<bool> TomlReader::boolean(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* value = node->as_boolean()) return value->get();
    fail(node->source(), "expected " + quoted(key) + " as true or false");
    return std::nullopt;
}

std::optional<double> TomlReader::share(const toml::table& in, std::string_view key) {
    const toml::node* node = in.get(key);
    if (node == nullptr) return std::nullopt;
    const auto number = node->value<double>();
    if (number && 0 <= *number && *number <= 1) return number;
    fail(node->source(), "expected " + quoted(key) + " as a number from 0 to 1");
    return std::nullopt;
}

std::optional<Duration> TomlReader::duration(const toml::table& in, std::string_view key) {
    const auto text = string(in, key);
    if (!text) return std::nullopt;
    const auto length = parseDuration(*text);
    if (!length)
        fail(in.get(key)->source(),
             "expected " + quoted(key) + " as a number and us, ms, s or min, as in \"20 ms\"");
    return length;
}

Bilingual TomlReader::bilingual(const toml::table& in, std::string_view key) {
    constexpr std::array<std::string_view, 2> kTextKeys{"en", "zh_CN"};
    const toml::node* node = in.get(key);
    if (node == nullptr) {
        fail(in.source(), "expected " + quoted(key) + " with the texts en and zh_CN");
        return {};
    }
    const toml::table* texts = table(node, quoted(key) + " with en and zh_CN");
    if (texts == nullptr) return {};
    knowOnly(*texts, kTextKeys, key);
    const auto en = string(*texts, "en");
    const auto zh = string(*texts, "zh_CN");
    if (!en || !zh)
        fail(texts->source(),
             quoted(key) + " lacks its text in " + std::string{en ? "zh_CN" : "en"});
    return {en.value_or(""), zh.value_or("")};
}

}  // namespace tcplab::net
