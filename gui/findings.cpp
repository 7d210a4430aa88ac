#include "gui/findings.h"

#include "gui/glossary.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using enum capture::Finding;

constexpr capture::Findings kUsual{DuplicateAck,
                                   KeepAlive,
                                   KeepAliveAck,
                                   ZeroWindowProbe,
                                   ZeroWindowProbeAck,
                                   WindowProbe,
                                   WindowUpdate,
                                   ReusedPorts,
                                   GapFilled,
                                   SimultaneousOpen,
                                   SimultaneousClose};

/// In the order of Finding.
constexpr std::array<Text, capture::kFindingCount> kNames{
    Text{"retransmission", "重传"},
    Text{"fast retransmission", "快重传"},
    Text{"spurious retransmission", "不必要的重传"},
    Text{"out of order", "失序"},
    Text{"segment before it not captured yet", "前面的报文段尚未抓到"},
    Text{"acknowledges octets not captured", "确认了未抓到的报文段"},
    Text{"duplicate ACK", "重复确认"},
    Text{"keep-alive probe", "保活探测"},
    Text{"answer to a keep-alive probe", "保活探测的回答"},
    Text{"zero window", "零窗口"},
    Text{"zero-window probe", "零窗口探测"},
    Text{"answer to a zero-window probe", "零窗口探测的回答"},
    Text{"window update", "窗口更新"},
    Text{"window full", "窗口已填满"},
    Text{"ports used again", "端口重用"},
    Text{"SYN sent again", "SYN 重传"},
    Text{"octets sent again", "重复的字节"},
    Text{"other octets under the same numbers", "内容不同的字节"},
    Text{"gap filled", "缺口被补上"},
    Text{"connection refused", "连接被拒绝"},
    Text{"half-open connection", "半开连接"},
    Text{"reset after the close", "关闭之后的复位"},
    Text{"reset with data unread", "数据未读就复位"},
    Text{"reset by an abort", "中止连接的复位"},
    Text{"reset by a middlebox", "中间设备的复位"},
    Text{"keep-alive timeout", "保活超时"},
    Text{"window probe", "窗口探测"},
    Text{"stall at a zero window", "零窗口停顿"},
    Text{"silly window", "糊涂窗口"},
    Text{"Nagle waits for a delayed ACK", "Nagle 算法遇上推迟确认"},
    Text{"split handshake", "拆开的握手"},
    Text{"simultaneous open", "同时打开"},
    Text{"simultaneous close", "同时关闭"},
    Text{"SACK hole filled", "SACK 缺口被补上"},
    Text{"needless retransmission", "多余的重传"},
    Text{"duplicated downstream", "下游的重复"},
    Text{"tail loss probe", "尾部丢失探测"},
    Text{"overtaken on the way", "途中被超过"},
    Text{"lost upstream", "上游的丢失"},
    Text{"ACK lost", "确认丢失"},
    Text{"wrong checksum", "检验和错误"},
    Text{"no answer to the SYN", "没有回答"},
    Text{"one end captured alone", "只有一端的报文"},
    Text{"stuck in CLOSE-WAIT", "停留在 CLOSE-WAIT"},
    Text{"stuck in FIN-WAIT-2", "停留在 FIN-WAIT-2"},
};

}  // namespace

QString nameOf(capture::Finding finding) {
    return inCurrentLanguage(kNames.at(index(finding)));
}

bool isTrouble(capture::Finding finding) {
    return !kUsual.has(finding);
}

bool isTrouble(const capture::PacketFindings& found) {
    return std::any_of(found.begin(), found.end(), [](const capture::Proof& proof) {
        return isTrouble(proof.finding);
    });
}

QString findingsInWords(const capture::PacketFindings& found) {
    QStringList lines;
    const QString line =
        inCurrentLanguage(Text{"{name} ({code}): {meaning}", "{name}（{code}）：{meaning}"});
    for (const capture::Proof& proof : found) {
        QString text = line;
        text.replace(u"{name}"_s, nameOf(proof.finding))
            .replace(u"{code}"_s, toQt(toString(proof.finding)))
            .replace(u"{meaning}"_s, inCurrentLanguage(capture::meaningOf(proof.finding)));
        lines << text;
    }
    return lines.join(u'\n');
}

}  // namespace tcplab::gui
