#include "gui/views/desk_actions.h"

#include "gui/glossary.h"
#include "gui/wording.h"
#include "sim/base/check.h"

#include <QAction>
#include <QMenu>

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using net::CallKind;
using net::Fault;

/// Calls have one name in every language.
QString nameOf(CallKind kind) {
    switch (kind) {
        case CallKind::Listen: return u"listen"_s;
        case CallKind::Accept: return u"accept"_s;
        case CallKind::Connect: return u"connect"_s;
        case CallKind::Send: return u"send"_s;
        case CallKind::Recv: return u"recv"_s;
        case CallKind::Shutdown: return u"shutdown"_s;
        case CallKind::Close: return u"close"_s;
        case CallKind::Abort: return u"abort"_s;
        case CallKind::SetOption: return u"setsockopt"_s;
    }
    TCPLAB_UNREACHABLE();
}

/// A switch of a scenario: what it is called in the list of futures, and how it is set.
struct Option {
    QString name{};
    bool on = false;
    std::function<void(net::Scenario&, bool)> set{};
};

std::vector<Option> optionsOf(const net::Scenario& scenario, Side side) {
    const tcp::Config& config = scenario.hosts[side].config;
    const auto with = [side](auto change) {
        return
            [side, change](net::Scenario& other, bool on) { change(other.hosts[side].config, on); };
    };
    return {
        {u"nagle"_s, config.nagle, with([](tcp::Config& c, bool on) { c.nagle = on; })},
        {u"delayed_ack"_s, config.delayedAck > Duration{}, with([](tcp::Config& c, bool on) {
             c.delayedAck = on ? Duration{200ms} : Duration{};
         })},
        {u"cork"_s, config.cork, with([](tcp::Config& c, bool on) { c.cork = on; })},
        {u"sack"_s, config.sack, with([](tcp::Config& c, bool on) { c.sack = on; })},
        {u"timestamps"_s, config.timestamps, with([](tcp::Config& c, bool on) {
             c.timestamps = on;
         })},
        {u"congestion_control"_s,
         config.congestionControl != tcp::Config::CongestionControl::None,
         with([](tcp::Config& c, bool on) {
             using Control = tcp::Config::CongestionControl;
             c.congestionControl = on ? Control::NewReno : Control::None;
         })},
    };
}

/// Values to choose from, for an option that is no switch.
std::vector<std::int64_t> valuesOf(net::SocketOption option) {
    switch (option) {
        case net::SocketOption::NoDelay:
        case net::SocketOption::Cork:
        case net::SocketOption::QuickAck:
        case net::SocketOption::KeepAlive: return {0, 1};
        case net::SocketOption::KeepIdle: return {1, 10, 60, 7200};
        case net::SocketOption::UserTimeout: return {0, 1000, 5000, 60'000};
        case net::SocketOption::ReceiveBuffer: return {1000, 10'000, 65'535};
    }
    TCPLAB_UNREACHABLE();
}

/// With its unit: 10 is "10 s".
QString textOf(net::SocketOption option, std::int64_t value) {
    switch (option) {
        case net::SocketOption::NoDelay:
        case net::SocketOption::Cork:
        case net::SocketOption::QuickAck:
        case net::SocketOption::KeepAlive:
        case net::SocketOption::ReceiveBuffer: return QString::number(value);
        case net::SocketOption::KeepIdle: return u"%1 s"_s.arg(value);
        case net::SocketOption::UserTimeout: return u"%1 ms"_s.arg(value);
    }
    TCPLAB_UNREACHABLE();
}

struct ProfileName {
    tcp::Profile profile;
    const char* name;
};
constexpr std::array kProfiles{ProfileName{tcp::Profile::Rfc9293, "rfc9293"},
                               ProfileName{tcp::Profile::Textbook, "textbook"},
                               ProfileName{tcp::Profile::Linux, "linux"},
                               ProfileName{tcp::Profile::FreeBsd, "freebsd"}};

}  // namespace

DeskActions::DeskActions(Desk& desk, QObject* parent)
    : QObject(parent),
      desk_{desk},
      branch_{new QAction(this)},
      undo_{new QAction(this)},
      redo_{new QAction(this)},
      predict_{new QAction(this)},
      compare_{new QAction(this)} {
    constexpr std::array kKeys{Qt::Key_X, Qt::Key_D, Qt::Key_U, Qt::Key_C};
    for (std::size_t i = 0; i < kFaults.size(); ++i) {
        auto* action = new QAction(this);
        action->setShortcut(kKeys.at(i));
        const Fault::Kind kind = kFaults.at(i);
        connect(action, &QAction::triggered, &desk_, [this, kind] { desk_.befall(kind); });
        faults_ << action;
    }
    for (const Side side : kSides)
        for (const CallKind kind : kCalls) {
            auto* action = new QAction(nameOf(kind), this);
            connect(action, &QAction::triggered, &desk_, [this, side, kind] {
                desk_.call(side, kind);
            });
            calls_[side] << action;
        }
    for (std::size_t i = 0; i < 4; ++i) {
        auto* action = new QAction(QString::number(i + 1), this);
        action->setShortcut(static_cast<Qt::Key>(Qt::Key_1 + i));
        connect(action, &QAction::triggered, &desk_, [this, i] { desk_.answer(i); });
        answers_ << action;
    }
    branch_->setShortcut(Qt::Key_B);
    connect(branch_, &QAction::triggered, &desk_, &Desk::branchOrBack);
    undo_->setShortcut(QKeySequence::Undo);
    connect(undo_, &QAction::triggered, &desk_, &Desk::undo);
    redo_->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y});
    connect(redo_, &QAction::triggered, &desk_, &Desk::redo);
    predict_->setCheckable(true);
    predict_->setShortcut(Qt::Key_Q);
    connect(predict_, &QAction::toggled, &desk_, &Desk::setPredicts);
    compare_->setCheckable(true);
    compare_->setShortcut(Qt::CTRL | Qt::Key_D);
    connect(&desk_, &Desk::changed, this, &DeskActions::follow);
    retranslate();
    follow();
}

void DeskActions::fill(QMenu& menu) {
    menu.addActions(faults_);
    menu.addSeparator();
    for (const Side side : kSides) {
        callMenus_[side] = menu.addMenu(QString());
        callMenus_[side]->addActions(calls_[side]);
        QMenu* options = callMenus_[side]->addMenu(nameOf(CallKind::SetOption));
        connect(options, &QMenu::aboutToShow, this, [this, options, side] {
            fillSocketOptions(*options, side);
        });
    }
    options_ = menu.addMenu(QString());
    connect(options_, &QMenu::aboutToShow, this, [this] { fillOptions(*options_); });
    menu.addSeparator();
    menu.addActions({branch_, compare_, undo_, redo_});
    menu.addSeparator();
    menu.addAction(predict_);
    answerMenu_ = menu.addMenu(QString());
    answerMenu_->addActions(answers_);
    retranslate();
    follow();
}

void DeskActions::fillSocketOptions(QMenu& menu, Side side) {
    menu.clear();
    if (desk_.world() == nullptr) return;
    const tcp::Config& config = desk_.world()->hosts[side].config;
    const auto add = [&](QMenu* to, const QString& text, net::SocketOption option, auto value) {
        QAction* action = to->addAction(text);
        action->setCheckable(true);
        connect(action, &QAction::triggered, &desk_, [this, side, option, value] {
            desk_.setOption(side, option, value);
        });
        return action;
    };
    for (const net::SocketOptionName& option : net::kSocketOptions) {
        const QString name = toQt(option.name);
        const std::int64_t is = valueOf(config, option.option);
        if (option.isSwitch()) {
            add(&menu, name, option.option, std::int64_t{is == 0})->setChecked(is != 0);
            continue;
        }
        QMenu* values = menu.addMenu(name);
        std::vector<std::int64_t> choices = valuesOf(option.option);
        if (std::ranges::find(choices, is) == choices.end()) choices.push_back(is);
        std::ranges::sort(choices);
        for (const std::int64_t value : choices)
            add(values, textOf(option.option, value), option.option, value)
                ->setChecked(value == is);
    }
}

/// What the run would be with another option, from its beginning.
void DeskActions::fillOptions(QMenu& menu) {
    menu.clear();
    if (desk_.futures() == nullptr) return;
    const net::Scenario& scenario = desk_.futures()->current().scenario;
    const auto add = [&](QMenu* to, const QString& text, const QString& what, auto change) {
        QAction* action = to->addAction(text);
        connect(action, &QAction::triggered, &desk_, [this, what, change] {
            net::Scenario other = desk_.futures()->current().scenario;
            change(other);
            desk_.replay(other, what);
        });
        return action;
    };
    for (const Side side : kSides) {
        QMenu* host = menu.addMenu(side == Side::Client ? tr("Client") : tr("Server"));
        for (const Option& option : optionsOf(scenario, side)) {
            const bool on = !option.on;
            const QString what =
                u"%1.%2=%3"_s.arg(toQt(toString(side)), option.name, on ? u"true"_s : u"false"_s);
            QAction* action =
                add(host, option.name, what, [set = option.set, on](net::Scenario& other) {
                    set(other, on);
                });
            action->setCheckable(true);
            action->setChecked(option.on);
        }
    }
    QMenu* profiles = menu.addMenu(tr("Profile of both hosts"));
    for (const auto& [profile, name] : kProfiles)
        add(profiles,
            QString::fromLatin1(name),
            u"profile=%1"_s.arg(QString::fromLatin1(name)),
            [profile = profile](net::Scenario& other) {
                for (const Side side : kSides) {
                    const bool six = other.hosts[side].address.ip.version != 4;
                    const tcp::Config config = tcp::configOf(profile);
                    other.hosts[side].config = six ? tcp::withIpv6(config) : config;
                }
            });
    QMenu* delays = menu.addMenu(tr("Delay of the link"));
    for (const Duration delay : {Duration{1ms}, Duration{10ms}, Duration{100ms}}) {
        const QString text = u"%1 ms"_s.arg(delay / 1ms);
        add(delays, text, u"link.delay=%1"_s.arg(text), [delay](net::Scenario& other) {
            for (const Side side : kSides) other.links[side].delay = delay;
        });
    }
    QMenu* losses = menu.addMenu(tr("Loss of the link"));
    for (const std::uint32_t percent : {0U, 1U, 10U, 30U})
        add(losses,
            u"%1 %"_s.arg(percent),
            u"link.loss=%1 %"_s.arg(percent),
            [percent](net::Scenario& other) {
                for (const Side side : kSides)
                    other.links[side].loss = {net::Chance::kAlways / 100 * percent};
            });
}

void DeskActions::retranslate() {
    faults_[0]->setText(tr("Drop"));
    faults_[1]->setText(tr("Delay"));
    faults_[2]->setText(tr("Duplicate"));
    faults_[3]->setText(tr("Corrupt"));
    for (const Side side : kSides)
        for (QAction* call : calls_[side])
            call->setToolTip(u"%1: %2()"_s.arg(gui::nameOf(side), call->text()));
    branch_->setText(tr("Branch, or back"));
    undo_->setText(tr("Undo"));
    redo_->setText(tr("Redo"));
    predict_->setText(tr("Predict before you see"));
    compare_->setText(tr("Compare"));
    if (options_ == nullptr) return;
    callMenus_[Side::Client]->setTitle(tr("The client calls"));
    callMenus_[Side::Server]->setTitle(tr("The server calls"));
    options_->setTitle(tr("Other options from the start"));
    answerMenu_->setTitle(tr("Answer"));
}

void DeskActions::follow() {
    const bool isOpen = desk_.futures() != nullptr;
    const bool flies = desk_.packetOnTheWay().has_value();
    for (QAction* fault : faults_) fault->setEnabled(flies);
    for (const Side side : kSides)
        for (std::size_t i = 0; i < kCalls.size(); ++i)
            calls_[side][static_cast<qsizetype>(i)]->setEnabled(desk_.canCall(side, kCalls.at(i)));
    const Prediction* question = desk_.question();
    const std::size_t outlooks = question == nullptr ? 0 : question->outlooks.size();
    for (qsizetype i = 0; i < answers_.size(); ++i)
        answers_[i]->setEnabled(static_cast<std::size_t>(i) < outlooks);
    branch_->setEnabled(desk_.comparedWith().has_value() || desk_.canPlayAnswer());
    compare_->setEnabled(desk_.comparedWith().has_value());
    if (!compare_->isEnabled()) compare_->setChecked(false);
    undo_->setEnabled(desk_.canUndo());
    redo_->setEnabled(desk_.canRedo());
    predict_->setEnabled(isOpen);
    if (options_ != nullptr) options_->setEnabled(isOpen);
}

}  // namespace tcplab::gui
