#include "cli/layers.h"

#include "capture/frame_source.h"
#include "cli/rows.h"
#include "cli/verbs.h"
#include "cli/width.h"
#include "cli/words.h"
#include "sim/wire/osi_layers.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <vector>

namespace tcplab::cli {
namespace {

constexpr std::size_t kTitleWidth = 16;

/// A frame that outlives its source.
struct Found {
    capture::Frame frame{};
    std::vector<std::uint8_t> octets{};
};

Expected<Found, Error> findFrame(const LayersRequest& request) {
    auto source = capture::openCapture(request.file);
    if (!source) return Unexpected{source.error()};
    std::uint32_t last = 0;
    while (true) {
        auto frame = (*source)->next();
        if (!frame) return Unexpected{frame.error()};
        if (!*frame)
            return Unexpected{Error{
                Error::Code::Usage,
                fmt::format(
                    "{}: there is no packet {}; it has {}", request.file, request.packet, last)}};
        last = (*frame)->number;
        if (last != request.packet) continue;
        return Found{**frame, {(*frame)->octets.begin(), (*frame)->octets.end()}};
    }
}

/// "[34-35]", "[22]"; nothing for what holds no octet.
std::string placeOf(std::size_t offset, std::size_t length) {
    if (length == 0) return {};
    if (length == 1) return fmt::format("[{}]", offset);
    return fmt::format("[{}-{}]", offset, offset + length - 1);
}

class Printer {
public:
    Printer(const LayersRequest& request, std::ostream& out) : request_{request}, out_{out} {}

    void print(const wire::Layers& layers) {
        heading(layers);
        std::size_t total = 0;
        for (const wire::LayerWork& work : wire::osiLayers(layers)) {
            total += work.octets;
            row(work, total);
        }
        if (!request_.fields) return;
        for (const wire::LayerFields& layer : wire::fieldsOf(layers)) {
            out_ << '\n'
                 << bold(in(layer.title)) << ": " << layer.summary.in(request_.language) << '\n';
            fields(layer.fields, 2);
        }
    }

private:
    [[nodiscard]] std::string_view in(const Text& text) const { return text.in(request_.language); }
    [[nodiscard]] std::string bold(std::string_view text) const {
        return request_.colour ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string{text};
    }
    [[nodiscard]] std::string dim(std::string_view text) const {
        return request_.colour ? fmt::format("\x1b[2m{}\x1b[0m", text) : std::string{text};
    }

    void heading(const wire::Layers& layers) {
        constexpr Text kHeading{"Packet {}: {} octets on the wire, {} of them captured",
                                "第 {} 个报文：线路上 {} 字节，抓到 {} 字节"};
        out_ << fmt::format(fmt::runtime(in(kHeading)),
                            request_.packet,
                            layers.originalLength(),
                            layers.frame().size())
             << "\n\n";
        out_ << dim(fmt::format("   {}{}{}  {}  {}",
                                padded("OSI", kTitleWidth),
                                padded("TCP/IP", kTitleWidth),
                                in({" added", "  增加"}),
                                in({" total", "  合计"}),
                                in({"in the frame (octets)", "在帧中（字节）"})))
             << '\n';
    }

    void row(const wire::LayerWork& work, std::size_t total) {
        std::string parts;
        for (const wire::LayerPart& part : work.parts)
            parts += fmt::format("{}{} {} {}",
                                 parts.empty() ? "" : ", ",
                                 in(part.name),
                                 part.length,
                                 placeOf(part.offset, part.length));
        const bool adds = work.octets > 0;
        std::string line =
            fmt::format("{}  {}{}{:>6}  {:>6}  {}",
                        static_cast<int>(work.layer),
                        padded(in(titleOf(work.layer)), kTitleWidth),
                        padded(in(titleOf(wire::internetLayerOf(work.layer))), kTitleWidth),
                        adds ? fmt::format("+{}", work.octets) : "-",
                        adds ? fmt::format("{}", total) : "",
                        parts);
        line.erase(line.find_last_not_of(' ') + 1);
        out_ << (adds ? bold(line) : line) << '\n'
             << "   " << dim(work.did.in(request_.language)) << '\n';
    }

    void fields(const std::vector<wire::Field>& fields, std::size_t indent) {
        for (const wire::Field& field : fields) {
            const std::string name = std::string(indent, ' ') + std::string{in(field.name)};
            std::string line = fmt::format("{} {} {}  {}",
                                           padded(placeOf(field.offset, field.length), 10),
                                           padded(name, 36),
                                           field.value,
                                           field.remark.in(request_.language));
            line.erase(line.find_last_not_of(' ') + 1);
            out_ << line << '\n';
            this->fields(field.children, indent + 2);
        }
    }

    const LayersRequest& request_;
    std::ostream& out_;
};

void printLayerRows(const LayersRequest& request, const wire::Layers& layers, std::ostream& out) {
    const auto in = [&](const Text& text) { return std::string{text.in(request.language)}; };
    RowPrinter rows{out,
                    *request.format,
                    {{"layer", "OSI"},
                     {"name", "Name"},
                     {"tcp_ip", "TCP/IP"},
                     {"octets", "Added"},
                     {"offset", "Offset"},
                     {"did", "What it did"}},
                    request.colour};
    for (const wire::LayerWork& work : wire::osiLayers(layers))
        rows.row(
            {static_cast<std::int64_t>(work.layer),
             in(titleOf(work.layer)),
             in(titleOf(wire::internetLayerOf(work.layer))),
             static_cast<std::int64_t>(work.octets),
             work.parts.empty() ? Cell{} : static_cast<std::int64_t>(work.parts.front().offset),
             std::string{work.did.in(request.language)}});
    rows.finish();
}

void printFields(const std::vector<wire::Field>& fields,
                 const std::string& header,
                 Language language,
                 RowPrinter& rows) {
    for (const wire::Field& field : fields) {
        rows.row({header,
                  std::string{field.name.in(language)},
                  static_cast<std::int64_t>(field.offset),
                  static_cast<std::int64_t>(field.length),
                  field.value,
                  std::string{field.remark.in(language)}});
        printFields(field.children, header, language, rows);
    }
}

void printFieldRows(const LayersRequest& request, const wire::Layers& layers, std::ostream& out) {
    RowPrinter rows{out,
                    *request.format,
                    {{"header", "Header"},
                     {"field", "Field"},
                     {"offset", "Offset"},
                     {"octets", "Octets"},
                     {"value", "Value"},
                     {"remark", "Remark"}},
                    request.colour};
    for (const wire::LayerFields& layer : wire::fieldsOf(layers))
        printFields(
            layer.fields, std::string{layer.title.in(request.language)}, request.language, rows);
    rows.finish();
}

}  // namespace

int layers(const LayersRequest& request, std::ostream& out, std::ostream& err) {
    const auto found = findFrame(request);
    if (!found) return complain(err, found.error());
    const auto layers =
        wire::dissect(found->frame.link, found->octets, found->frame.originalLength);
    if (!request.format)
        Printer{request, out}.print(layers);
    else if (request.fields)
        printFieldRows(request, layers, out);
    else
        printLayerRows(request, layers, out);
    if (layers.error())
        complain(
            err,
            fmt::format(
                "octet {}: {}", layers.error()->offset, layers.error()->what.in(request.language)));
    return exit_code::kDone;
}

void addLayers(CLI::App& app, int& exitCode) {
    struct Words {
        LayersRequest request{};
        std::string format{};
        std::string language{};
    };
    const auto words = std::make_shared<Words>();
    CLI::App* verb = app.add_subcommand("layers", "Say what each layer did for one packet");
    verb->add_option("FILE", words->request.file, "pcap or pcapng; - is standard input")
        ->required();
    verb->add_option("--packet", words->request.packet, "Its number in the file; 1 if not given")
        ->transform(wholeNumber(1));
    verb->add_flag("--fields", words->request.fields, "Every field of every header besides");
    verb->add_option("--format", words->format, "As table, json, jsonl or csv")
        ->check(oneOf(formatNames()));
    verb->add_option("--language", words->language, "en or zh_CN; else that of the locale")
        ->check(oneOf({"en", "zh_CN"}));
    verb->callback([words, &exitCode] {
        words->request.language = languageNamed(words->language);
        words->request.colour = colourWanted();
        words->request.format = formatNamed(words->format);
        exitCode = layers(words->request, std::cout, std::cerr);
    });
}

}  // namespace tcplab::cli
