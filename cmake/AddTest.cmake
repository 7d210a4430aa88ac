find_package(GTest REQUIRED)
include(GoogleTest)

# One program of GoogleTest tests; each test becomes a CTest test with the label of its folder,
# unless it is sanitized.
# LINK may bring a main of its own through NO_MAIN. TIMEOUT is per test, in seconds.
function(tcplab_add_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "NO_MAIN" "NAME;TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)

    add_executable(${arg_NAME} ${arg_SOURCES})
    set_target_properties(${arg_NAME} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    target_link_libraries(${arg_NAME} PRIVATE
        ${arg_LINK} tcplab::options tcplab::warnings
        GTest::gmock $<IF:$<BOOL:${arg_NO_MAIN}>,GTest::gtest,GTest::gtest_main>)
    target_include_directories(${arg_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_definitions(${arg_NAME} PRIVATE TCPLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

    # A sanitized program takes longer to start than most tests take to run: each runs in two
    # halves, with half of its tests in one process.
    if(TCPLAB_SANITIZE)
        foreach(half 0 1)
            add_test(NAME ${arg_NAME}.${half} COMMAND ${arg_NAME} --gtest_brief=1)
            set_tests_properties(${arg_NAME}.${half} PROPERTIES
                TIMEOUT 1200
                LABELS "${folder};${arg_LABELS}"
                ENVIRONMENT "${arg_ENVIRONMENT};GTEST_TOTAL_SHARDS=2;GTEST_SHARD_INDEX=${half}")
        endforeach()
        return()
    endif()

    # Found when ctest starts, not while building: a build then runs no instrumented program.
    gtest_discover_tests(${arg_NAME}
        DISCOVERY_MODE PRE_TEST
        DISCOVERY_TIMEOUT 60
        TEST_LIST tests_of_${arg_NAME}
        PROPERTIES TIMEOUT ${arg_TIMEOUT})

    # Lists do not survive gtest_discover_tests, so these are set once it has found the tests.
    set(properties ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}_properties.cmake)
    file(WRITE ${properties} "
        if(tests_of_${arg_NAME})
            set_tests_properties(\${tests_of_${arg_NAME}} PROPERTIES
                LABELS \"${folder};${arg_LABELS}\"
                ENVIRONMENT \"${arg_ENVIRONMENT}\")
        endif()\n")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${properties})
endfunction()
