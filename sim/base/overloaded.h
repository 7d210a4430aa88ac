#pragma once

namespace tcplab {

/// Lambdas as the cases of std::visit. The guide is written out for clang 14.
template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace tcplab
