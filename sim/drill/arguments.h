#pragma once

#include "sim/drill/make_call.h"
#include "sim/drill/script.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tcplab::drill {

/// Reads the arguments of one call. The first that cannot be had is kept. Private to sim/drill.
class Arguments {
public:
    Arguments(const CallStatement& call, const CallContext& context)
        : call_{call}, context_{context} {}

    [[nodiscard]] std::size_t count() const { return call_.arguments.size(); }
    /// The argument, or an ellipsis where there is none.
    [[nodiscard]] const Expression& at(std::size_t index) const;
    void expectCount(std::size_t least, std::size_t most);

    [[nodiscard]] host::Fd descriptor(std::size_t index) { return descriptorOf(at(index)); }
    [[nodiscard]] host::Fd descriptorOf(const Expression& expression);
    [[nodiscard]] std::int64_t number(std::size_t index) { return numberOf(at(index)); }
    /// Integers, constants and those joined by "|".
    [[nodiscard]] std::int64_t numberOf(const Expression& expression);
    /// Whether a word stands among those joined by "|".
    [[nodiscard]] static bool has(const Expression& expression, std::string_view word);
    /// Every word joined by "|" is one of these; else it is what is needed.
    void allow(const Expression& expression, std::initializer_list<std::string_view> words);
    [[nodiscard]] host::call::Readiness readinessOf(const Expression& expression);
    /// "{sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("...")}"; an ellipsis is
    /// what the runner chooses.
    [[nodiscard]] std::optional<wire::SocketAddress> address(std::size_t index);
    /// The octets of "..." or of a string, as many as the count says.
    [[nodiscard]] Bytes octets(const Expression& what, std::size_t size);
    /// The sum of the lengths of an iovec.
    [[nodiscard]] std::size_t vectorSize(const Expression& vector);
    /// The value of a field of a record: "{fd=3, events=POLLIN}"; null where it has none.
    [[nodiscard]] static const Expression* field(const Expression& record, std::string_view name);

    void needs(std::string feature);
    void expected(const Expression& at, std::string_view what);
    [[nodiscard]] const std::optional<NoCall>& failure() const { return failure_; }
    [[nodiscard]] const CallContext& context() const { return context_; }

private:
    const CallStatement& call_;
    const CallContext& context_;
    std::optional<NoCall> failure_{};
};

}  // namespace tcplab::drill
